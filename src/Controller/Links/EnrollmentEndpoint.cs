using Agents.Controller.Enrollment;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Links;

/// <summary>Serves EnrollmentService on the agents' port.</summary>
internal sealed class EnrollmentEndpoint(Enroller enroller, Attacher attacher) : EnrollmentService.EnrollmentServiceBase
{
    /// <inheritdoc/>
    public override Task<EnrollResponse> Enroll(EnrollRequest request, ServerCallContext context) =>
        enroller.EnrollAsync(request, context.RemoteAddress(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context) =>
        attacher.AttachAsync(context.Host(), request, context.RemoteAddress(), context.CancellationToken);
}
