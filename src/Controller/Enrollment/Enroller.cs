using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using JoinToken = Agents.Protocol.Identity.JoinToken;

namespace Agents.Controller.Enrollment;

/// <summary>
/// Turns a join token and a certificate request into a host. All that is stored is one transaction: the token's use, the host, its credential and the event, so a token
/// with one use lets one host in however many ask at once. The same request id and key get the first answer again.
/// </summary>
internal sealed class Enroller(IStore store, CertificateAuthority authority, TimeProvider timeProvider, ILogger<Enroller> logger)
{
    /// <summary>Enrols a host. Refusals are <see cref="RpcException"/>s with the reasons of the contract.</summary>
    public async Task<EnrollResponse> EnrollAsync(EnrollRequest request, string sourceAddress, CancellationToken cancellationToken)
    {
        var (publicKey, tokenHash) = CheckRequest(request);
        try
        {
            var (host, identity) = await store.WriteAsync(writer => Enroll(writer, request, publicKey, tokenHash, sourceAddress), cancellationToken);
            Log.HostEnrolled(logger, host.Id, host.Name, host.Project, sourceAddress);
            return Respond(host, identity);
        }
        catch (RpcException exception)
        {
            Log.EnrollmentRefused(logger, request.Name, sourceAddress, RpcErrors.ReasonOf(exception));
            throw;
        }
    }

    private static (PublicKey PublicKey, string TokenHash) CheckRequest(EnrollRequest request)
    {
        var violations = EnrollRequestRules.Check(request).ToList();
        var publicKey = EnrollRequestRules.ReadKey(request.CertificateRequest.ToByteArray());
        if (publicKey is null)
            violations.Add(new Violation("certificate_request", "send a PKCS#10 request in DER form for an ECDSA P-256 key, signed with that key"));
        if (publicKey is null || violations.Count > 0)
            throw Invalid(violations);
        var hash = JoinToken.HashOf(request.Token) ?? throw Refused(ErrorReasons.TokenUnknown, "this join token is not known");
        return (publicKey, Convert.ToHexStringLower(hash));
    }

    private (Host Host, HostIdentity Identity) Enroll(IStoreWriter writer, EnrollRequest request, PublicKey publicKey, string tokenHash, string sourceAddress)
    {
        var now = timeProvider.GetUtcNow();
        var token = writer.FindJoinTokenBySecret(tokenHash) ?? throw Refused(ErrorReasons.TokenUnknown, "this join token is not known");
        var keyHash = Convert.ToHexStringLower(SHA256.HashData(publicKey.ExportSubjectPublicKeyInfo()));
        if (writer.FindIdentity(request.RequestId, keyHash) is { } earlier && earlier.JoinTokenId == token.Id && writer.FindHost(earlier.HostId) is { } known)
            return (known, earlier);
        if (token.ExpiresAt <= now)
            throw Refused(ErrorReasons.TokenExpired, $"this join token expired at {token.ExpiresAt:u}: make a new one");
        if (token.Uses >= token.MaxUses)
            throw Refused(ErrorReasons.TokenUsedUp, $"this join token was good for {Counted.Of(token.MaxUses, "host")} and was used: make a new one");

        var host = NewHost(request, token, now);
        var identity = NewIdentity(host.Id, publicKey, keyHash, token.Id, request.RequestId);
        AddHost(writer, host);
        writer.UpdateJoinToken(token with { Uses = token.Uses + 1 });
        writer.AddIdentity(identity);
        writer.AddEvent(new NewEvent(
            "host.enrolled", host.Project, host.Id.ToString(), new Origin($"join-token/{token.Id}", sourceAddress, "", request.RequestId),
            JsonSerializer.Serialize(new { host_id = host.Id.ToString(), name = host.Name }), now));
        return (host, identity);
    }

    private static void AddHost(IStoreWriter writer, Host host)
    {
        RequireOwnAddresses(writer, host);
        try
        {
            writer.AddHost(host);
        }
        catch (NameTakenException)
        {
            throw Invalid([new Violation("name", $"project \"{host.Project}\" has a host named \"{host.Name}\" already: give this one another name")]);
        }
    }

    /// <summary>What a host says is its address goes into the certificates of what runs there: nobody may be given one for another host's.</summary>
    private static void RequireOwnAddresses(IStoreWriter writer, Host host)
    {
        var violations = new[] { (Path: "cluster_address", Address: host.ClusterAddress), (Path: "client_address", Address: host.ClientAddress) }
            .Select(said => (said.Path, said.Address, Holder: writer.FindHostAt(host.Project, said.Address)))
            .Where(said => said.Holder is not null)
            .Select(said => new Violation(said.Path, $"{said.Address} is an address of host \"{said.Holder!.Name}\" of this project: remove that one if it is gone, or give this one an address of its own"))
            .ToList();
        if (violations.Count > 0)
            throw Invalid(violations);
    }

    private static Host NewHost(EnrollRequest request, JoinTokenRecord token, DateTimeOffset now) => new()
    {
        Id = new HostId(Guid.CreateVersion7(now)),
        Project = token.Project,
        Name = request.Name,
        Labels = token.Labels, // The administrator's word: what a host says of itself decides nothing about placement.
        ClusterAddress = request.ClusterAddress,
        ClientAddress = request.ClientAddress,
        PortFirst = request.PortFirst,
        PortLast = request.PortLast,
        NetworkPool = request.NetworkPool,
        Generation = 1,
        EnrolledAt = now,
    };

    private HostIdentity NewIdentity(HostId hostId, PublicKey publicKey, string keyHash, string tokenId, string requestId)
    {
        using var certificate = authority.IssueToHost(hostId.ToString(), publicKey);
        return new HostIdentity
        {
            HostId = hostId,
            PublicKeySha256 = keyHash,
            Serial = certificate.SerialNumber,
            Certificate = certificate.RawData,
            NotAfter = new DateTimeOffset(certificate.NotAfter).ToUniversalTime(),
            JoinTokenId = tokenId,
            RequestId = requestId,
        };
    }

    private EnrollResponse Respond(Host host, HostIdentity identity)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(identity.Certificate.Span);
        return new EnrollResponse
        {
            HostId = host.Id.ToString(),
            Project = host.Project,
            CertificatePem = certificate.ExportCertificatePem(),
            TrustBundlePem = authority.TrustBundlePem,
            NotAfter = identity.NotAfter.ToTimestamp(),
            ControllerId = authority.ControllerId,
        };
    }

    private static RpcException Refused(string reason, string message) => RpcErrors.Create(StatusCode.PermissionDenied, reason, message);

    private static RpcException Invalid(IReadOnlyList<Violation> violations) => RpcErrors.Create(
        StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, string.Join("; ", violations.Select(violation => $"{violation.Path}: {violation.Message}")),
        violations.Select(violation => (violation.Path, violation.Message)));
}
