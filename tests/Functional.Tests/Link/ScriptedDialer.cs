using Agents.Agent.Identity;
using Agents.Agent.Link;

namespace Agents.Functional.Tests.Link;

/// <summary>Dials as a test says; when it says nothing more, the dial hangs until it is cancelled, as a real one may.</summary>
internal sealed class ScriptedDialer : ILinkDialer
{
    private readonly Queue<Exception?> _script = new();

    /// <summary>How often was dialled.</summary>
    public int Dials { get; private set; }

    /// <summary>The next dial fails.</summary>
    public void Script(Exception failure) => _script.Enqueue(failure);

    /// <summary>The next dial succeeds.</summary>
    public void ScriptSuccess() => _script.Enqueue(null);

    /// <inheritdoc/>
    public async Task<LinkConnection> DialAsync(ControllerAddress controller, CancellationToken cancellationToken)
    {
        Dials++;
        if (!_script.TryDequeue(out var failure))
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return failure is null ? new LinkConnection(new MemoryStream(), new LinkPeer("controller", controller), null, null) : throw failure;
    }
}
