using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol;
using Grpc.Core;

namespace Agents.Controller.Enrollment;

/// <summary>
/// Gives hosts certificates for new keys. The old key and the new one are both good until the host has attached with the new one: an answer that was lost, or an agent that was
/// killed between the two, costs nothing. What is repeated is given a certificate again.
/// </summary>
internal sealed class Renewer(IStore store, CertificateAuthority authority, TimeProvider timeProvider, ILogger<Renewer> logger)
{
    /// <summary>Gives a host a certificate for the key of a request. Refusals are <see cref="RpcException"/>s with the reasons of the contract.</summary>
    public async Task<Renewed> RenewAsync(HostId hostId, string shownKey, byte[] certificateRequest, string sourceAddress, CancellationToken cancellationToken)
    {
        var publicKey = EnrollRequestRules.ReadKey(certificateRequest)
            ?? throw Invalid("send a PKCS#10 request in DER form for an ECDSA P-256 key, signed with that key");
        var next = await store.WriteAsync(writer => Renew(writer, hostId, shownKey, publicKey, sourceAddress), cancellationToken);
        Log.HostRenewed(logger, hostId, sourceAddress, next.NotAfter);
        using var certificate = X509CertificateLoader.LoadCertificate(next.Certificate.Span);
        return new Renewed(certificate.ExportCertificatePem(), authority.TrustBundlePem, next.NotAfter);
    }

    /// <summary>A host has attached with a key: when that is its new one, the old one is worthless from now on.</summary>
    public async Task SupersedeAsync(HostIdentity identity, string shownKey, string sourceAddress, CancellationToken cancellationToken)
    {
        if (identity.Showing(shownKey) == identity)
            return;
        await store.WriteAsync(
            writer =>
            {
                if (writer.FindIdentity(identity.HostId) is { } stored && stored.Showing(shownKey) is var shown && shown != stored)
                {
                    writer.UpdateIdentity(shown);
                    AddEvent(writer, "host.key_superseded", identity.HostId, sourceAddress, shown.NotAfter);
                }

                return true;
            },
            cancellationToken);
        Log.KeySuperseded(logger, identity.HostId);
    }

    private HostIdentity.NextKey Renew(IStoreWriter writer, HostId hostId, string shownKey, PublicKey publicKey, string sourceAddress)
    {
        // Looked at again in the transaction: a revocation that came meanwhile counts.
        var stored = writer.FindIdentity(hostId);
        if (stored is not { RevokedAt: null } || !stored.Has(shownKey))
            throw RpcErrors.Create(StatusCode.PermissionDenied, ErrorReasons.CertificateRevoked, $"the certificate of host {hostId} was revoked, or is of a key that was replaced");
        var identity = stored.Showing(shownKey);
        var keyHash = Convert.ToHexStringLower(SHA256.HashData(publicKey.ExportSubjectPublicKeyInfo()));
        if (keyHash == identity.PublicKeySha256)
            throw Invalid("a renewal needs a new key");

        using var certificate = authority.IssueToHost(hostId.ToString(), publicKey);
        var next = new HostIdentity.NextKey(keyHash, certificate.SerialNumber, certificate.RawData, new DateTimeOffset(certificate.NotAfter).ToUniversalTime());
        writer.UpdateIdentity(identity with { Next = next });
        AddEvent(writer, "host.renewed", hostId, sourceAddress, next.NotAfter);
        return next;
    }

    private void AddEvent(IStoreWriter writer, string kind, HostId hostId, string sourceAddress, DateTimeOffset notAfter)
    {
        var host = writer.FindHost(hostId);
        writer.AddEvent(new NewEvent(
            kind, host?.Project ?? "", hostId.ToString(), new Origin($"host/{hostId}", sourceAddress, "", ""),
            new JsonObject { ["name"] = host?.Name, ["not_after"] = notAfter }.ToJsonString(), timeProvider.GetUtcNow()));
    }

    private static RpcException Invalid(string description) =>
        RpcErrors.Create(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, $"certificate_request: {description}", [("certificate_request", description)]);

    /// <summary>A certificate for a new key.</summary>
    /// <param name="CertificatePem">The certificate.</param>
    /// <param name="TrustBundlePem">The certificates to trust.</param>
    /// <param name="NotAfter">When it expires.</param>
    internal sealed record Renewed(string CertificatePem, string TrustBundlePem, DateTimeOffset NotAfter);
}
