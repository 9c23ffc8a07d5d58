using System.Text.Json.Nodes;
using Agents.Controller.Execution;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Loops;

/// <summary>
/// Carries out what deletes had to leave: on hosts that were away, and data whose time in the trash is over. Ends the operations that waited for it. What an undo left and what
/// turns out to hold data is struck off: it stays as it is, as an orphan that a person decides about. Hosts side by side: one whose agent hangs delays no other, and nothing more is
/// tried there until the next turn.
/// </summary>
internal sealed class LeftoverLoop(IStore store, IAgents agents, FleetView fleet, TimeProvider timeProvider, ILogger<LeftoverLoop> logger) : ILoop
{
    private static readonly TimeSpan _stopTime = TimeSpan.FromSeconds(120);

    private readonly Dictionary<HostId, Task> _underWay = [];
    private readonly PurgeClock _clock = new(fleet, timeProvider);
    private TrashDays? _days;

    /// <inheritdoc/>
    public string Name => "leftovers";

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        await (_days ??= new TrashDays(store, fleet, _clock, timeProvider)).CountAsync(cancellationToken);
        var now = timeProvider.GetUtcNow();
        var all = await store.ReadAsync(reader => reader.ListLeftovers(), cancellationToken);
        foreach (var here in all.Where(leftover => leftover.NotBefore <= now).GroupBy(leftover => leftover.HostId))
        {
            // Containers before their volumes, networks last: what is in use cannot be removed.
            if (!_underWay.ContainsKey(here.Key) && agents.Find(here.Key) is { } agent)
                _underWay[here.Key] = RemoveAsync(agent, [.. here.OrderBy(leftover => leftover.Kind)], cancellationToken);
        }

        var ended = _underWay.Where(work => work.Value.IsCompleted).ToList();
        ended.ForEach(work => _underWay.Remove(work.Key));
        await Task.WhenAll(ended.Select(work => work.Value));
        return false;
    }

    /// <summary>What is left on one host, until one call has no answer: the rest would only wait as long.</summary>
    private async Task RemoveAsync(IAgent agent, List<Leftover> here, CancellationToken cancellationToken)
    {
        var kept = new HashSet<ResourceRef>();
        for (var index = 0; index < here.Count; index++)
        {
            var leftover = here[index];
            if (kept.Contains(leftover.Owner) || fleet.IsObserveOnly(leftover.Owner))
                continue;
            try
            {
                if (!await TryAsync(agent, leftover, cancellationToken))
                    kept.Add(leftover.Owner);
            }
            catch (AgentUnavailableException exception)
            {
                here[index..].ForEach(rest => Stays(rest, exception));
                return;
            }
        }
    }

    /// <summary>
    /// Removes one, then its instance's record when it was the last of the instance, and only then strikes it off: a crash in between repeats what is harmless. False where there
    /// is data that must not go, and everything of its owner was therefore struck off.
    /// </summary>
    private async Task<bool> TryAsync(IAgent agent, Leftover leftover, CancellationToken cancellationToken)
    {
        try
        {
            if (!await MayRemoveAsync(leftover, cancellationToken))
                return true;
            if (!leftover.DestroyData && await HoldsDataAsync(agent, leftover, cancellationToken))
                return await KeepAsync(leftover, cancellationToken);
            await RemoveAsync(agent, leftover, cancellationToken);
            if (await IsLastOfInstanceAsync(leftover, cancellationToken))
                await ForgetAsync(agent, TargetOf(leftover), cancellationToken);
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.DataPresent)
        {
            return await KeepAsync(leftover, cancellationToken);
        }
        catch (AgentRefusedException exception)
        {
            if (exception.Reason == ErrorReasons.OwnedByAgent && leftover.Owner.Type == ResourceType.PostgresCluster)
                await store.WriteAsync(writer => TrashRules.TakeBackPurge(writer, leftover.Owner, timeProvider.GetUtcNow()), cancellationToken);
            Stays(leftover, exception);
            return true;
        }

        await SettleAsync(leftover, cancellationToken);
        fleet.NoteRemoval(leftover.HostId, leftover.Name, trouble: "");
        Log.LeftoverRemoved(logger, leftover.Kind.ToString(), leftover.Name, leftover.HostId);
        return true;
    }

    private void Stays(Leftover leftover, Exception exception)
    {
        Log.LeftoverStays(logger, leftover.Kind.ToString(), leftover.Name, leftover.HostId, exception.Message);
        fleet.NoteRemoval(leftover.HostId, leftover.Name, exception.Message);
    }

    /// <summary>Data in the trash goes only when that is noted: from then on its cluster does not come back, and if it has come back, nothing goes.</summary>
    private async Task<bool> MayRemoveAsync(Leftover leftover, CancellationToken cancellationToken)
    {
        if (leftover.Owner.Type != ResourceType.PostgresCluster)
            return true;
        var (cluster, isListed) = await store.ReadAsync(reader => (reader.FindCluster(leftover.Owner.ClusterId), reader.ListLeftovers().Contains(leftover)), cancellationToken);
        if (!isListed)
            return false;
        if (leftover.Kind == LeftoverKind.Instance && leftover.OperationId == Leftover.OfOrphan
            && await store.ReadAsync(reader => OrphanedNodes.FindProblem(reader, fleet, leftover.HostId, leftover.Name, timeProvider.GetUtcNow()), cancellationToken) is { } problem)
        {
            fleet.NoteRemoval(leftover.HostId, leftover.Name, problem);
            return false;
        }

        if (!TrashRules.GoesWithTrash(cluster, leftover))
            return true;
        if (TrashRules.AwaitsItsDays(cluster!))
            return false;
        if (cluster!.Trash is { IsPurgeAsked: false } trash && _clock.TroubleOf(leftover.HostId, trash) is { Length: > 0 } trouble)
        {
            fleet.NoteRemoval(leftover.HostId, leftover.Name, trouble);
            return false;
        }

        return await store.WriteAsync(writer => TrashRules.TryBeginPurge(writer, leftover.Owner), cancellationToken);
    }

    /// <summary>Asked before anything is stopped: a database that runs and that nobody has deleted goes on running.</summary>
    private static async Task<bool> HoldsDataAsync(IAgent agent, Leftover leftover, CancellationToken cancellationToken) =>
        leftover.InstanceId is { } instance && (await agent.ListInitialisedAsync(cancellationToken)).Contains(instance);

    private async Task<bool> KeepAsync(Leftover leftover, CancellationToken cancellationToken)
    {
        Log.LeftoverKept(logger, leftover.Owner.ToString(), leftover.HostId);
        await store.WriteAsync(
            writer =>
            {
                var host = Invariant.NotNull(writer.FindHost(leftover.HostId), "the host of a leftover is known");
                var kept = writer.ListLeftovers().Where(other => other.HostId == leftover.HostId && other.Owner == leftover.Owner && !other.DestroyData).ToList();
                kept.ForEach(writer.RemoveLeftover);
                writer.AddEvent(new NewEvent(
                    "host.data_kept",
                    host.Project,
                    host.Id.ToString(),
                    Origin.System,
                    new JsonObject { ["name"] = host.Name, ["resource"] = leftover.Owner.ToString(), ["orphans"] = new JsonArray([.. kept.Select(other => JsonValue.Create(other.Name))]) }.ToJsonString(),
                    timeProvider.GetUtcNow()));
                return true;
            },
            cancellationToken);
        return false;
    }

    private static async Task ForgetAsync(IAgent agent, InstanceTarget target, CancellationToken cancellationToken)
    {
        try
        {
            await agent.ForgetAsync(target, cancellationToken);
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.ContainerExists)
        {
            // Something of the instance stays that nobody has asked to be removed, as the data of an orphan: its record stays with it.
        }
    }

    private static async Task RemoveAsync(IAgent agent, Leftover leftover, CancellationToken cancellationToken)
    {
        var target = TargetOf(leftover);
        switch (leftover.Kind)
        {
            case LeftoverKind.Instance:
                await InstanceStop.RemoveAsync(agent, target, leftover.Name, _stopTime, cancellationToken);
                break;
            case LeftoverKind.Volume:
                await agent.RemoveVolumeAsync(target, leftover.Name, leftover.DestroyData, cancellationToken);
                break;
            case LeftoverKind.Network:
                await agent.RemoveNetworkAsync(target, leftover.Name, cancellationToken);
                break;
        }
    }

    private static InstanceTarget TargetOf(Leftover leftover) => new(leftover.Owner, leftover.OwnerGeneration, leftover.InstanceId, leftover.Generation);

    private async Task<bool> IsLastOfInstanceAsync(Leftover leftover, CancellationToken cancellationToken)
    {
        if (leftover.InstanceId is not { } instance)
            return false;
        var all = await store.ReadAsync(reader => reader.ListLeftovers(), cancellationToken);
        return all.Count(other => other.InstanceId == instance && other.HostId == leftover.HostId) <= 1;
    }

    /// <summary>Strikes a leftover off, and ends its operation when that waited for nothing else.</summary>
    private Task SettleAsync(Leftover leftover, CancellationToken cancellationToken) => store.WriteAsync(
        writer =>
        {
            writer.RemoveLeftover(leftover);
            TrashRules.EndIfGone(writer, leftover.Owner, timeProvider.GetUtcNow());
            AwaitedHosts.EndIfNoneIsLeft(writer, leftover.OperationId, timeProvider.GetUtcNow());
            return true;
        },
        cancellationToken);
}
