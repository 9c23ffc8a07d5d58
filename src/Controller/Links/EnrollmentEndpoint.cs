using Agents.Controller.Enrollment;
using Agents.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Agents.Controller.Links;

/// <summary>Serves EnrollmentService on the agents' port.</summary>
internal sealed class EnrollmentEndpoint(Enroller enroller, Renewer renewer, Attacher attacher) : EnrollmentService.EnrollmentServiceBase
{
    /// <inheritdoc/>
    public override Task<EnrollResponse> Enroll(EnrollRequest request, ServerCallContext context) =>
        enroller.EnrollAsync(request, context.RemoteAddress(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context) =>
        attacher.AttachAsync(context.Host(), context.HostKey(), request, context.RemoteAddress(), context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<RenewResponse> Renew(RenewRequest request, ServerCallContext context)
    {
        var renewed = await RenewAsync(request.CertificateRequest, context);
        return new RenewResponse { CertificatePem = renewed.CertificatePem, TrustBundlePem = renewed.TrustBundlePem, NotAfter = renewed.NotAfter.ToTimestamp() };
    }

    /// <inheritdoc/>
    public override async Task<ReattachResponse> Reattach(ReattachRequest request, ServerCallContext context)
    {
        var renewed = await RenewAsync(request.CertificateRequest, context);
        return new ReattachResponse { CertificatePem = renewed.CertificatePem, TrustBundlePem = renewed.TrustBundlePem, NotAfter = renewed.NotAfter.ToTimestamp() };
    }

    private Task<Renewer.Renewed> RenewAsync(ByteString certificateRequest, ServerCallContext context) =>
        renewer.RenewAsync(context.Host().HostId, context.HostKey(), certificateRequest.ToByteArray(), context.RemoteAddress(), context.CancellationToken);
}
