using Agents.Controller.Links;

namespace Agents.Functional.Tests.Link;

/// <summary>A controller process with an epoch that goes up when an agent reports a higher one.</summary>
internal sealed class TestEpoch(string controllerId) : IControllerEpoch
{
    private long _epoch = 1;

    /// <inheritdoc/>
    public string ControllerId => controllerId;

    /// <inheritdoc/>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <inheritdoc/>
    public void Observe(long seenEpoch)
    {
        if (seenEpoch > Epoch)
            Interlocked.Exchange(ref _epoch, seenEpoch + 1);
    }
}
