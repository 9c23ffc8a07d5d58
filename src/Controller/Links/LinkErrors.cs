using Agents.Domain.Model;
using Agents.Protocol;
using Grpc.Core;

namespace Agents.Controller.Links;

/// <summary>The errors of calls over links.</summary>
internal static class LinkErrors
{
    /// <summary>The host has no link now.</summary>
    public static RpcException HostDisconnected(HostId hostId) => RpcErrors.Create(
        StatusCode.Unavailable, ErrorReasons.HostDisconnected, $"host {hostId} has no link to this controller now", ("host_id", hostId.ToString()));

    /// <summary>The agent cannot do something.</summary>
    public static RpcException CapabilityMissing(HostId hostId, string capability) => RpcErrors.Create(
        StatusCode.Unimplemented, ErrorReasons.CapabilityMissing, $"the agent of host {hostId} has no capability {capability}: upgrade it",
        ("host_id", hostId.ToString()), ("capability", capability));

    /// <summary>The two sides speak no common version.</summary>
    public static RpcException VersionsApart(int minimum, int maximum) => RpcErrors.Create(
        StatusCode.FailedPrecondition, ErrorReasons.ProtocolVersion,
        $"the agent speaks protocol {minimum} to {maximum}, this controller {ProtocolVersion.Minimum} to {ProtocolVersion.Maximum}: upgrade the older one",
        ("agent_protocol", $"{minimum}-{maximum}"), ("controller_protocol", $"{ProtocolVersion.Minimum}-{ProtocolVersion.Maximum}"));

    /// <summary>Another agent of the same host is there and answers. Its process id is not said: whoever knows it would pass for it.</summary>
    public static RpcException Duplicate(HostId hostId) => RpcErrors.Create(
        StatusCode.FailedPrecondition, ErrorReasons.DuplicateAgent,
        $"another agent of host {hostId} is linked and answers: two agents never share an identity; stop one of them, or enrol this machine as a host of its own",
        ("host_id", hostId.ToString()));
}
