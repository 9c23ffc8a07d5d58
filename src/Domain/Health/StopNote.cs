using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>What is remembered of a cluster that is stopped gives way to what is seen later.</summary>
public static class StopNote
{
    /// <summary>
    /// The note after a node was found running that was to be stopped: who takes writes on a later timeline is the primary from then on, and who does not answer, or follows on a later timeline than the one that was
    /// noted, says that somebody may have taken writes of whom nothing is known.
    /// </summary>
    /// <param name="note">The note.</param>
    /// <param name="node">The node.</param>
    /// <param name="seen">Where it stands by its own word; null where it runs and does not say.</param>
    public static Stopped After(this Stopped note, InstanceId node, WalPosition? seen)
    {
        var noted = note.Nodes.FirstOrDefault(position => position.Role == Trash.NodeRole.Primary);
        var takesWrites = seen is { InRecovery: false };
        var isNoted = noted?.InstanceId == node;
        // On what timeline who was out of sight took writes is not known: nothing is later than that.
        var isLater = seen is not null && (noted is null || (noted.Timeline > 0 && seen.Timeline > noted.Timeline));
        var keepsNoted = isNoted
            ? seen is not null && (takesWrites || !isLater)
            : seen is { InRecovery: true } && !isLater;
        var becomesPrimary = isNoted ? keepsNoted : takesWrites && isLater;
        var own = new Trash.Position(
            node,
            becomesPrimary ? Trash.NodeRole.Primary : seen is { InRecovery: true } ? Trash.NodeRole.Replica : Trash.NodeRole.Unknown,
            seen?.Timeline ?? 0,
            seen?.Bytes ?? 0);
        var others = note.Nodes.Select(position => position.InstanceId == node ? own
            : position.Role == Trash.NodeRole.Primary && !keepsNoted ? position with { Role = becomesPrimary ? Trash.NodeRole.Replica : Trash.NodeRole.Unknown }
            : position);
        return note with { Nodes = note.Nodes.Any(position => position.InstanceId == node) ? [.. others] : [.. others, own] };
    }
}
