using System.Collections.Concurrent;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Kernel;
using Agents.Agent.Observation;
using Agents.Words;

namespace Agents.Agent.Instances;

/// <summary>
/// Keeps every instance as its record wants it: starts again what has ended, 3 s after its end unless it was fenced, stops what is not to run, ends fences whose
/// deadline has passed. It needs no link. One turn looks at everything and does what is due; a failure concerns one instance and is tried again with growing pauses.
/// Without the engine only fences end.
/// </summary>
internal sealed class InstanceSupervisor(
    InstanceTable table, ContainerView view, IDockerContainers containers, InstanceStarter starter, ProcessRecorder recorder, FenceClock fences,
    RestartClock restarts, AgentProcess agent, TimeProvider timeProvider, ILogger<InstanceSupervisor> logger) : BackgroundService
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(5);
    private const int StepsMax = 8;

    private readonly Nudge _nudge = new();
    private readonly ConcurrentDictionary<string, Task> _stops = new();

    /// <summary>Does for each instance what is due, and says when something falls due next.</summary>
    public async Task<TimeSpan?> TurnAsync(CancellationToken cancellationToken)
    {
        var waits = await Task.WhenAll(table.Slots.Select(slot => TurnSafelyAsync(slot, cancellationToken)));
        return waits.Min();
    }

    /// <summary>The stops under way; for whoever must see them end.</summary>
    public Task StopsAsync() => Task.WhenAll(_stops.Values);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        view.Changed += _ => _nudge.Ring();
        view.Replaced += _nudge.Ring;
        table.Changed += (_, _) => _nudge.Ring();
        try
        {
            while (true)
                await _nudge.WaitAsync(await TurnAsync(stoppingToken), timeProvider, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The agent ends; the containers do not.
        }
    }

    private async Task<TimeSpan?> TurnSafelyAsync(InstanceSlot slot, CancellationToken cancellationToken)
    {
        try
        {
            return await TurnAsync(slot, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.TurnFailed(slot.InstanceId, exception.Message);
            return s_retryDelay;
        }
    }

    private async Task<TimeSpan?> TurnAsync(InstanceSlot slot, CancellationToken cancellationToken)
    {
        for (var step = 0; step < StepsMax; step++)
        {
            var decision = Decide(slot);
            switch (decision.Action)
            {
                case SupervisionAction.None:
                    return decision.LookAgainAfter;
                case SupervisionAction.Stop:
                    BeginStop(slot);
                    return decision.LookAgainAfter;
                case SupervisionAction.RecordProcess:
                case SupervisionAction.Start:
                case SupervisionAction.EndFence:
                    await table.UseAsync(slot.InstanceId, locked => ActAsync(locked, cancellationToken), cancellationToken);
                    break;
            }
        }

        return s_retryDelay;
    }

    private SupervisionDecision Decide(InstanceSlot slot)
    {
        if (slot.Record is not { } record)
            return SupervisionDecision.Nothing;
        var container = view.IsReachable ? view.FindInstance(record.InstanceId) : null;
        if (container is not null)
            restarts.See(slot.Restart, container.State);
        return SupervisionRules.Decide(record, container, fences.Left(record), restarts.Wait(slot.Restart), agent.Id);
    }

    private async Task<bool> ActAsync(InstanceSlot slot, CancellationToken cancellationToken)
    {
        // Decided again within the lock: a fence may have come since.
        switch (Decide(slot).Action)
        {
            case SupervisionAction.EndFence:
                restarts.Allow(slot.Restart);
                var expired = slot.Record!.Fence!.Id;
                table.Save(slot, slot.Record.WithoutFence(expired) with { ExpiredFence = expired });
                logger.FenceExpired(slot.InstanceId, expired);
                break;
            case SupervisionAction.Start when !await IsAsSeenAsync(slot, cancellationToken):
                break; // Decided again by what is seen now: one that was never started may have run and ended since, and that end waits for its verdict.
            case SupervisionAction.Start:
                await starter.StartAsync(slot, rebuild: false, cancellationToken);
                await LookAsync(slot, "start", cancellationToken);
                break;
            case SupervisionAction.RecordProcess:
                await RecordAsync(slot, cancellationToken);
                break;
            case SupervisionAction.None:
            case SupervisionAction.Stop: // Begun without the lock.
                break;
        }

        return true;
    }

    private async Task RecordAsync(InstanceSlot slot, CancellationToken cancellationToken)
    {
        if (await LookAsync(slot, "start", cancellationToken) is not { State.Status: ContainerStatus.IsRunning } container)
            return;
        recorder.Record(slot, container);
        if (slot.Record!.Process?.Pid != container.State.Pid)
            throw new InvalidOperationException("its first process cannot be read; if it has ended, the engine will say so");
    }

    private async Task<bool> IsAsSeenAsync(InstanceSlot slot, CancellationToken cancellationToken)
    {
        var (seen, asked) = (view.FindInstance(slot.InstanceId), view.Ask());
        if (seen is null || await containers.FindAsync(seen.Id, cancellationToken) is not { } found || found.State == seen.State)
            return true;
        view.Apply("listed", found, timeProvider.GetUtcNow(), asked);
        return false;
    }

    private async Task<ContainerInspection?> LookAsync(InstanceSlot slot, string action, CancellationToken cancellationToken)
    {
        var asked = view.Ask();
        var container = await containers.FindAsync(slot.Record!.ContainerName, cancellationToken);
        if (container is not null && container.Label(ObjectLabels.Instance) == slot.InstanceId)
            view.Apply(action, container, timeProvider.GetUtcNow(), asked);
        return container;
    }

    private void BeginStop(InstanceSlot slot)
    {
        if (!_stops.ContainsKey(slot.InstanceId))
            _stops[slot.InstanceId] = StopAsync(slot.InstanceId, slot.Record!.ContainerName);
    }

    private async Task StopAsync(string instanceId, string containerName)
    {
        await Task.Yield(); // The caller notes the task before it can end.
        try
        {
            // Not bound to the agent's own life, and with the container's own timeout: a stop that has begun is ended by the engine anyway.
            await containers.StopAsync(containerName, timeout: null, CancellationToken.None);
            logger.InstanceStopped(instanceId, containerName);
        }
        catch (DockerException exception)
        {
            logger.StopFailed(instanceId, exception.Message);
            await Task.Delay(s_retryDelay, timeProvider, CancellationToken.None);
        }
        finally
        {
            _stops.TryRemove(instanceId, out _);
            _nudge.Ring();
        }
    }
}
