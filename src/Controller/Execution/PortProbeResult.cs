using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>What a probe found.</summary>
/// <param name="Taken">Ports that something else holds.</param>
/// <param name="Blocked">Ways between hosts that do not pass.</param>
internal sealed record PortProbeResult(IReadOnlyList<(HostId Host, int Port)> Taken, IReadOnlyList<PortProbeResult.Way> Blocked)
{
    /// <summary>
    /// The host without which nothing would be blocked; null when no single one is at all blocked ways. Of two that are, it is the one whose agent says so: that is one agent's word.
    /// </summary>
    /// <param name="planned">The hosts that can be left out.</param>
    public HostId? FindCulprit(IReadOnlySet<HostId> planned) => Blocked.Count == 0
        ? null
        : new[] { Blocked[0].From, Blocked[0].To }.Where(host => planned.Contains(host) && Blocked.All(way => way.From == host || way.To == host)).Select(host => (HostId?)host).FirstOrDefault();

    /// <summary>A way between two hosts that does not pass.</summary>
    /// <param name="From">Whose agent dialled.</param>
    /// <param name="To">Whom it dialled.</param>
    /// <param name="Message">A sentence about it.</param>
    internal readonly record struct Way(HostId From, HostId To, string Message);
}
