using Agents.Controller.Execution;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Loops;

/// <summary>Carries out what deletes had to leave: on hosts that were away, and data whose time in the trash is over. Ends the operations that waited for it.</summary>
internal sealed class LeftoverLoop(IStore store, IAgents agents, TimeProvider timeProvider, ILogger<LeftoverLoop> logger) : ILoop
{
    /// <inheritdoc/>
    public string Name => "leftovers";

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var all = await store.ReadAsync(reader => reader.ListLeftovers(), cancellationToken);
        // Containers before their volumes, networks last: what is in use cannot be removed.
        foreach (var leftover in all.Where(leftover => leftover.NotBefore <= now).OrderBy(leftover => leftover.Kind))
        {
            if (agents.Find(leftover.HostId) is { } agent)
                await TryAsync(agent, leftover, cancellationToken);
        }

        return false;
    }

    private async Task TryAsync(IAgent agent, Leftover leftover, CancellationToken cancellationToken)
    {
        try
        {
            await RemoveAsync(agent, leftover, cancellationToken);
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.NotFound)
        {
            // Gone already.
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            Log.LeftoverStays(logger, leftover.Kind.ToString(), leftover.Name, leftover.HostId, exception.Message);
            return;
        }

        if (await SettleAsync(leftover, cancellationToken) && leftover.InstanceId is not null)
            await ForgetAsync(agent, leftover, cancellationToken);
        Log.LeftoverRemoved(logger, leftover.Kind.ToString(), leftover.Name, leftover.HostId);
    }

    private static async Task RemoveAsync(IAgent agent, Leftover leftover, CancellationToken cancellationToken)
    {
        var target = TargetOf(leftover);
        switch (leftover.Kind)
        {
            case LeftoverKind.Instance:
                await agent.SetWantAsync(target, running: false, configHash: "", initialised: false, cancellationToken);
                await agent.StopContainerAsync(target, leftover.Name, TimeSpan.FromSeconds(20), cancellationToken);
                await agent.RemoveContainerAsync(target, leftover.Name, cancellationToken);
                break;
            case LeftoverKind.Volume:
                await agent.RemoveVolumeAsync(target, leftover.Name, cancellationToken);
                break;
            default:
                await agent.RemoveNetworkAsync(target, leftover.Name, cancellationToken);
                break;
        }
    }

    private static InstanceTarget TargetOf(Leftover leftover) => new(leftover.ClusterId, leftover.InstanceId, leftover.Generation);

    /// <summary>Strikes a leftover off, and ends its operation when that waited for nothing else. Returns whether nothing of its instance is left.</summary>
    private Task<bool> SettleAsync(Leftover leftover, CancellationToken cancellationToken) => store.WriteAsync(
        writer =>
        {
            writer.RemoveLeftover(leftover);
            var rest = writer.ListLeftovers();
            var now = timeProvider.GetUtcNow();
            if (!rest.Any(other => other.OperationId == leftover.OperationId && other.NotBefore <= now)
                && writer.FindOperation(leftover.OperationId) is { State: OperationState.SucceededPendingHosts } operation)
                writer.UpdateOperation(operation with { State = OperationState.Succeeded, UpdatedAt = now, EndedAt = now });
            return !rest.Any(other => other.InstanceId == leftover.InstanceId && other.HostId == leftover.HostId);
        },
        cancellationToken);

    private async Task ForgetAsync(IAgent agent, Leftover leftover, CancellationToken cancellationToken)
    {
        try
        {
            await agent.ForgetAsync(TargetOf(leftover), cancellationToken);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            // A record without a container does no harm: it only says which generations were seen.
            Log.LeftoverStays(logger, "Record", leftover.Name, leftover.HostId, exception.Message);
        }
    }
}
