using Agents.Controller.Doors;
using Agents.Controller.Enrollment;
using Agents.Protocol;
using Agents.Protocol.Calls;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Links;

/// <summary>
/// The gate of the agents' port: methods that anyone or an agent may call are served there and no others; a method for agents is served nowhere else. Calls on the users' ports
/// go on to the gate for users. The identity comes from the certificate, never from the message.
/// </summary>
internal sealed class AgentPortInterceptor(HostCertificates certificates, HostCalls calls, ILogger<AgentPortInterceptor> logger) : RoleInterceptor
{
    private static string ReattachMethod { get; } = $"/{EnrollmentService.Descriptor.FullName}/{nameof(EnrollmentService.EnrollmentServiceBase.Reattach)}";

    /// <inheritdoc/>
    protected override async Task RequireAsync(Role role, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var onAgentPort = Door.Of(http) == Door.Agents;
        if (role is Role.Controller || (role == Role.Agent && !onAgentPort) || (onAgentPort && role is not (Role.Anonymous or Role.Agent)))
            throw RpcErrors.Create(StatusCode.PermissionDenied, ErrorReasons.PermissionDenied, $"{context.Method} is not served on this port");
        if (role != Role.Agent)
            return;

        var expiredMax = context.Method == ReattachMethod ? HostCertificates.ReattachLimit : TimeSpan.Zero;
        var verdict = await certificates.CheckAsync(http.Connection.ClientCertificate, expiredMax, context.CancellationToken);
        if (verdict.IsRefused)
        {
            Log.AgentRefused(logger, context.Method, context.Peer, RpcErrors.ReasonOf(verdict.Refusal), verdict.Refusal.Status.Detail);
            throw verdict.Refusal;
        }

        if (!calls.TryTake(verdict.Identity.HostId))
            throw RpcErrors.Create(StatusCode.ResourceExhausted, ErrorReasons.LimitReached, $"host {verdict.Identity.HostId} makes too many calls: wait a while");
        http.Features.Set(verdict.Identity);
    }
}
