using Agents.Controller.Links;

namespace Agents.Perf.Link;

/// <summary>A controller process that never has to give way.</summary>
internal sealed class PerfEpoch(string controllerId) : IControllerEpoch
{
    /// <inheritdoc/>
    public string ControllerId => controllerId;

    /// <inheritdoc/>
    public long Epoch => 1;

    /// <inheritdoc/>
    public void Observe(long seenEpoch)
    {
        // The agent is new: it has obeyed nobody else.
    }
}
