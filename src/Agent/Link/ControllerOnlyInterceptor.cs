using Agents.Protocol;
using Agents.Protocol.Calls;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Link;

/// <summary>
/// The gate of the agent: methods that are declared for controllers, and reflection and health, and no others. Whoever reaches it is the controller, over a link that the agent
/// itself dialled, or root, over the local socket.
/// </summary>
internal sealed class ControllerOnlyInterceptor : RoleInterceptor
{
    /// <inheritdoc/>
    protected override Task RequireAsync(Role role, ServerCallContext context) => role == Role.Controller || MethodRoles.IsDiagnostic(context.Method)
        ? Task.CompletedTask
        : throw RpcErrors.Create(StatusCode.PermissionDenied, ErrorReasons.PermissionDenied, $"{context.Method} is not served by agents");
}
