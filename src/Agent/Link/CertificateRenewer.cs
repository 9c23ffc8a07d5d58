using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Agents.Agent.Identity;
using Grpc.Core;

namespace Agents.Agent.Link;

/// <summary>
/// Renews the certificate in time and attaches with the new one, over connections of its own: the link stays as it is. What fails is tried again, a hundred times in a
/// certificate's life; one that has expired all the same is renewed when the link is dialled, too.
/// </summary>
internal sealed class CertificateRenewer(
    IIdentitySource identities, IdentityOptions options, Attachment attachment, TimeProvider timeProvider, ILogger<CertificateRenewer> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var identity = await identities.WhenKnownAsync(stoppingToken);
            while (true)
                identity = await RenewInTimeAsync(identity, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The agent stops.
        }
    }

    private async Task<AgentIdentity> RenewInTimeAsync(AgentIdentity identity, CancellationToken cancellationToken)
    {
        var delay = RenewalClock.DueAt(identity.Certificate, Random.Shared) - timeProvider.GetUtcNow();
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, timeProvider, cancellationToken);
        while (true)
        {
            try
            {
                var renewed = await identities.RenewAsync(identity, cancellationToken);
                _ = await attachment.AskAsync(options.Controller, renewed, cancellationToken); // With this the old key is worthless; the nonce is not needed.
                return identities.Current!;
            }
            catch (Exception exception) when (
                exception is RpcException or ControllerUnreachableException or IOException or SocketException or AuthenticationException or CryptographicException or ArgumentException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var pause = RenewalClock.Pause(identity.Certificate);
                Log.NotRenewed(logger, identity.Certificate.NotAfter.ToUniversalTime(), exception is RpcException rpc ? rpc.Status.Detail : exception.Message, pause);
                await Task.Delay(pause, timeProvider, cancellationToken);
            }
        }
    }
}
