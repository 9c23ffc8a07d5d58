using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Agents.Controller.Enrollment;
using Agents.Protocol;
using Agents.Protocol.Link;
using Microsoft.AspNetCore.Connections;

namespace Agents.Controller.Links;

/// <summary>Lets links in: those with a valid certificate and a nonce that was given to the same host a moment ago. All others are closed, and the reason logged; the agent was told its reason by Attach.</summary>
internal sealed class LinkAdmission(HostCertificates certificates, LinkTickets tickets, TimeProvider timeProvider, ILogger<LinkAdmission> logger)
{
    /// <summary>The permission that a connection came with; null when it has none.</summary>
    public async Task<LinkTicket?> AdmitAsync(ConnectionContext connection)
    {
        using var timeout = new CancellationTokenSource(LinkProtocol.NonceLifetime, timeProvider);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, connection.ConnectionClosed);
        var remote = connection.RemoteEndPoint?.ToString() ?? "";
        try
        {
            var verdict = await certificates.CheckAsync(CertificateOf(connection), cancelled.Token);
            if (verdict.IsRefused)
            {
                Log.LinkNotAdmitted(logger, remote, RpcErrors.ReasonOf(verdict.Refusal));
                return null;
            }

            var nonce = await ReadNonceAsync(connection, cancelled.Token);
            var ticket = nonce is null ? null : tickets.Take(nonce, verdict.Identity.HostId);
            if (ticket is null)
                Log.NonceUnknown(logger, verdict.Identity.HostId, remote);
            return ticket;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            Log.LinkNotAdmitted(logger, remote, "it closed or kept silent before it sent its nonce");
            return null;
        }
    }

    private static X509Certificate2? CertificateOf(ConnectionContext connection) =>
        connection.Features.Get<Microsoft.AspNetCore.Http.Features.ITlsConnectionFeature>()?.ClientCertificate;

    private static async Task<byte[]?> ReadNonceAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        var result = await connection.Transport.Input.ReadAtLeastAsync(LinkProtocol.NonceBytes, cancellationToken);
        if (result.Buffer.Length < LinkProtocol.NonceBytes)
        {
            connection.Transport.Input.AdvanceTo(result.Buffer.End);
            return null;
        }

        var nonce = result.Buffer.Slice(0, LinkProtocol.NonceBytes);
        var bytes = nonce.ToArray();
        connection.Transport.Input.AdvanceTo(nonce.End); // What follows, if anything, is HTTP/2.
        return bytes;
    }
}
