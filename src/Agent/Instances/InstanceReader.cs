using Agents.Agent.Docker;
using Agents.Agent.Observation;
using Agents.Protocol;

namespace Agents.Agent.Instances;

/// <summary>Shows instances.</summary>
internal sealed class InstanceReader(InstanceTable table, ContainerView view, IDockerContainers containers, FenceClock fences, ExitProver prover)
{
    /// <summary>All records, with their containers as last seen.</summary>
    public IReadOnlyList<InstanceView> List() => [.. table.Slots.Select(Show).OfType<InstanceView>()];

    /// <summary>One record with its container as last seen; null when there is none.</summary>
    public InstanceView? Show(InstanceSlot slot)
    {
        var record = slot.Record ?? (slot.IsDamaged ? new InstanceRecord { InstanceId = slot.InstanceId, ControllerId = "" } : null);
        return record is null ? null : new InstanceView(
            record, LeftOf(record), view.IsReachable ? view.FindInstance(record.InstanceId) : null, null, slot.Restart.Starts, slot.Restart.StartError, slot.Hang, slot.IsDamaged);
    }

    /// <summary>One record with its container and the proof of its end, read anew from the engine and the kernel.</summary>
    public async Task<InstanceView> GetAsync(string instanceId, CancellationToken cancellationToken)
    {
        var slot = table.Slots.FirstOrDefault(slot => slot.InstanceId == instanceId);
        if (slot is null || Show(slot) is not { } status)
            throw new CommandException(ErrorReasons.NotFound, $"This host has no record of the instance {instanceId}.", ("instance_id", instanceId));
        if (status.Record.ContainerName.Length == 0)
            return status.IsDamaged ? status : status with { Container = null };
        var container = await containers.FindAsync(status.Record.ContainerName, cancellationToken);
        return status with { Container = container, Proof = container is { State.IsDown: true } ? prover.Prove(status.Record.Process, container) : null };
    }

    private TimeSpan? LeftOf(InstanceRecord record) => fences.IsFenced(record) ? fences.Left(record) : null;
}
