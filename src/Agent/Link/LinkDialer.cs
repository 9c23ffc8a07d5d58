using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Agents.Agent.Identity;
using Agents.Protocol;
using Agents.Protocol.Link;
using Grpc.Core;

namespace Agents.Agent.Link;

/// <summary>
/// Dials in four steps: enrol or renew if need be, ask for permission over a connection of its own, open the link, send the nonce. Every wait has a limit, so that a controller
/// that hangs is only a failed dial.
/// </summary>
internal sealed class LinkDialer(IIdentitySource identities, Attachment attachment, TimeProvider timeProvider) : ILinkDialer
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public async Task<LinkConnection> DialAsync(ControllerAddress controller, CancellationToken cancellationToken)
    {
        try
        {
            var (identity, nonce) = await AttachAsync(controller, cancellationToken); // 1 and 2
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

    /// <summary>Permission to link, for which an identity that has expired is renewed first.</summary>
    private async Task<(AgentIdentity Identity, byte[] Nonce)> AttachAsync(ControllerAddress controller, CancellationToken cancellationToken)
    {
        var identity = await identities.GetAsync(cancellationToken);
        try
        {
            return (identity, await attachment.AskAsync(controller, identity, cancellationToken));
        }
        catch (RpcException exception) when (RpcErrors.ReasonOf(exception) == ErrorReasons.CertificateExpired)
        {
            identity = await identities.RenewAsync(identity, cancellationToken);
            return (identity, await attachment.AskAsync(controller, identity, cancellationToken));
        }
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
            return new LinkConnection(tls, new LinkPeer(identity.ControllerId, controller), network.Socket.LocalEndPoint, network.Socket.RemoteEndPoint);
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
