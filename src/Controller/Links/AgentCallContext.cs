using Agents.Controller.Enrollment;
using Agents.Controller.Stores;
using Grpc.Core;

namespace Agents.Controller.Links;

/// <summary>Who calls on the agents' port.</summary>
internal static class AgentCallContext
{
    /// <summary>The host whose certificate came with the call. Only in methods that agents may call.</summary>
    public static HostIdentity Host(this ServerCallContext context) =>
        context.GetHttpContext().Features.Get<HostIdentity>() ?? throw new InvalidOperationException($"{context.Method} has no agent: is it declared for agents?");

    /// <summary>The hex SHA-256 of the key that the host showed. Only in methods that agents may call.</summary>
    public static string HostKey(this ServerCallContext context) => HostCertificates.KeyHashOf(context.GetHttpContext().Connection.ClientCertificate!);

    /// <summary>The caller's address.</summary>
    public static string RemoteAddress(this ServerCallContext context) => context.GetHttpContext().Connection.RemoteIpAddress?.ToString() ?? "";
}
