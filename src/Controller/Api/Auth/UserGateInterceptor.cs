using Agents.Controller.Application;
using Agents.Controller.Doors;
using Agents.Controller.Stores;
using Agents.Protocol.Calls;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Api.Auth;

/// <summary>
/// The gate of gRPC for users: asks for the role that a method declares in its proto file. A method that declares none is called by no one, but for health, which anyone may
/// ask, and reflection, which every user may. Calls on the agents' port were judged by the gate there.
/// </summary>
internal sealed class UserGateInterceptor(Gate gate) : RoleInterceptor
{
    private const string Health = "/grpc.health.v1.Health/";
    private const string Reflection = "/grpc.reflection.";

    /// <inheritdoc/>
    protected override async Task RequireAsync(Role role, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        if (Door.Of(http) == Door.Agents || context.Method.StartsWith(Health, StringComparison.Ordinal))
            return;
        try
        {
            var needed = RoleOf(role, context.Method) ?? throw Refusals.NotForUsers();
            var authorization = context.RequestHeaders.GetValue("authorization");
            http.Features.Set(await gate.AdmitAsync(authorization, needed, context.Method, SourceOf(http), context.CancellationToken));
        }
        catch (RefusedException exception)
        {
            throw Errors.ToRpc(exception.Refusal);
        }
    }

    /// <summary>The role of users that a method needs; null when it is not for users.</summary>
    public static UserRole? RoleOf(Role role, string method) => role switch
    {
        Role.Viewer => UserRole.Viewer,
        Role.Operator => UserRole.Operator,
        Role.Admin => UserRole.Admin,
        Role.Unspecified => method.StartsWith(Reflection, StringComparison.Ordinal) ? UserRole.Viewer : null,
        Role.Anonymous or Role.Agent or Role.Controller => null,
    };

    private static string SourceOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
