using Agents.Controller.Links;
using Agents.Domain.Model;

namespace Agents.Perf.Link;

/// <summary>A controller process that never has to give way.</summary>
internal sealed class PerfEpoch(string controllerId) : IControllerEpoch
{
    /// <inheritdoc/>
    public string ControllerId => controllerId;

    /// <inheritdoc/>
    public bool IsOurs(Ticket ticket, ReadOnlySpan<byte> mark) => false;

    /// <inheritdoc/>
    public void Observe(Ticket obeyed)
    {
        // The agent is new: it has obeyed nobody else.
    }
}
