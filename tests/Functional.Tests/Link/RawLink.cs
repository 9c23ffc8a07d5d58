using System.Net.Security;
using Agents.Agent.Identity;
using Agents.Protocol.Link;

namespace Agents.Functional.Tests.Link;

/// <summary>A link by hand, up to the nonce: for what no agent of ours would do.</summary>
internal sealed class RawLink(SslStream stream) : IAsyncDisposable
{
    /// <summary>Dials and sends a nonce.</summary>
    public static async Task<RawLink> OpenAsync(ControllerAddress controller, AgentIdentity identity, byte[] nonce)
    {
        var stream = new SslStream(await ControllerSocket.ConnectAsync(controller, CancellationToken.None));
        await stream.AuthenticateAsClientAsync(ControllerTls.For(identity, LinkProtocol.Alpn, TimeProvider.System));
        await stream.WriteAsync(nonce);
        return new RawLink(stream);
    }

    /// <summary>Says that nothing more will come.</summary>
    public Task ShutdownAsync() => stream.ShutdownAsync();

    /// <summary>Waits until the controller closes it.</summary>
    public async Task WaitForEndAsync()
    {
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset ends it too.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
