using Agents.Controller.Enrollment;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Agents.Controller.Links;

/// <summary>Gives agents permission to link, or says why not. The certificate was checked before.</summary>
internal sealed class Attacher(LinkRegistry registry, LinkTickets tickets, Renewer renewer, CertificateAuthority authority, IControllerEpoch epoch, TimeProvider timeProvider, ILogger<Attacher> logger)
{
    private const int IdLengthMax = 128;

    /// <summary>Checks versions and duplicates and makes a nonce.</summary>
    public async Task<AttachResponse> AttachAsync(HostIdentity identity, string keySha256, AttachRequest request, string remoteAddress, CancellationToken cancellationToken)
    {
        try
        {
            RequireIds(request);
            if (!ProtocolVersion.Meets(request.ProtocolMin, request.ProtocolMax))
                throw LinkErrors.VersionsApart(request.ProtocolMin, request.ProtocolMax);
            await registry.RequireNoDuplicateAsync(identity.HostId, request.BootId, request.ProcessId, cancellationToken);
        }
        catch (RpcException exception)
        {
            Log.AttachRefused(logger, identity.HostId, remoteAddress, RpcErrors.ReasonOf(exception), exception.Status.Detail);
            throw;
        }

        await renewer.SupersedeAsync(identity, keySha256, remoteAddress, cancellationToken);
        Log.AttachAccepted(logger, identity.HostId, remoteAddress);
        return new AttachResponse
        {
            Nonce = ByteString.CopyFrom(tickets.Issue(identity.HostId, request.BootId, request.ProcessId)),
            ControllerId = epoch.ControllerId,
            Clock = timeProvider.GetUtcNow().ToTimestamp(),
            TrustBundlePem = authority.TrustBundlePem,
        };
    }

    private static void RequireIds(AttachRequest request)
    {
        var violations = new List<Violation>();
        if (request.BootId.Length is 0 or > IdLengthMax)
            violations.Add(new Violation("boot_id", "send the kernel's boot id"));
        if (request.ProcessId.Length is 0 or > IdLengthMax)
            violations.Add(new Violation("process_id", "send a random id of the process"));
        if (violations.Count > 0)
        {
            throw RpcErrors.Create(
                StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, "the agent does not say which process it is",
                violations.Select(violation => (violation.Path, violation.Message)));
        }
    }
}
