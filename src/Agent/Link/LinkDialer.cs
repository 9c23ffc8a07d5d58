using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Agents.Agent.Identity;
using Agents.Protocol;
using Agents.Protocol.Link;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Link;

/// <summary>
/// Dials in four steps: enrol if need be, ask for permission over a connection of its own, open the link, send the nonce. Every wait has a limit, so that a controller
/// that hangs is only a failed dial.
/// </summary>
internal sealed class LinkDialer(IIdentitySource identities, ProcessIdentity process, TimeProvider timeProvider) : ILinkDialer
{
    private static readonly TimeSpan AttachDeadline = LinkProtocol.DuplicatePing + TimeSpan.FromSeconds(3);
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public async Task<LinkConnection> DialAsync(ControllerAddress controller, CancellationToken cancellationToken)
    {
        try
        {
            var identity = await identities.GetAsync(cancellationToken); // 1
            var nonce = await AttachAsync(controller, identity, cancellationToken); // 2
            return await OpenAsync(controller, identity, nonce, cancellationToken); // 3 and 4
        }
        catch (ControllerUnreachableException exception)
        {
            throw new LinkDialException(DialFailure.Unreachable, "", exception.Message, exception);
        }
        catch (RpcException exception) when (RpcErrors.ReasonOf(exception) is { Length: > 0 } reason)
        {
            throw new LinkDialException(DialFailure.Refused, reason, exception.Status.Detail, exception);
        }
        catch (Exception exception) when (exception is RpcException or IOException or SocketException or AuthenticationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new LinkDialException(DialFailure.Broken, "", exception.Message, exception);
        }
    }

    private async Task<byte[]> AttachAsync(ControllerAddress controller, AgentIdentity identity, CancellationToken cancellationToken)
    {
        var tls = ControllerTls.For(identity, SslApplicationProtocol.Http2, timeProvider);
        await using var stream = await ControllerSocket.ConnectAsync(controller, cancellationToken);
        using var channel = ControllerChannel.Over(controller, tls, stream);
        var request = new AttachRequest
        {
            BootId = process.BootId,
            ProcessId = process.ProcessId,
            ProtocolMin = ProtocolVersion.Minimum,
            ProtocolMax = ProtocolVersion.Maximum,
            AgentVersion = process.Version,
        };
        var deadline = timeProvider.GetUtcNow().UtcDateTime + AttachDeadline;
        var response = await new EnrollmentService.EnrollmentServiceClient(channel).AttachAsync(request, deadline: deadline, cancellationToken: cancellationToken);
        return response.Nonce.Length == LinkProtocol.NonceBytes ? response.Nonce.ToByteArray() : throw new IOException("the controller's nonce has a wrong length");
    }

    private async Task<LinkConnection> OpenAsync(ControllerAddress controller, AgentIdentity identity, byte[] nonce, CancellationToken cancellationToken)
    {
        var network = await ControllerSocket.ConnectAsync(controller, cancellationToken);
        var tls = new SslStream(network, leaveInnerStreamOpen: false);
        try
        {
            using var timeout = new CancellationTokenSource(HandshakeTimeout, timeProvider);
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            await AuthenticateAsync(tls, ControllerTls.For(identity, LinkProtocol.Alpn, timeProvider), cancelled.Token, cancellationToken);
            if (tls.NegotiatedApplicationProtocol != LinkProtocol.Alpn)
                throw new IOException("the controller does not speak the link's protocol on this port");
            await tls.WriteAsync(nonce, cancelled.Token);
            return new LinkConnection(tls, new LinkFeatureValue(identity.ControllerId, controller), network.Socket.LocalEndPoint, network.Socket.RemoteEndPoint);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private static async Task AuthenticateAsync(SslStream tls, SslClientAuthenticationOptions options, CancellationToken timeout, CancellationToken cancellationToken)
    {
        try
        {
            await tls.AuthenticateAsClientAsync(options, timeout);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("the controller did not finish the handshake in time", exception);
        }
    }
}
