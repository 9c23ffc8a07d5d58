using Agents.V1;
using Google.Protobuf.Reflection;

namespace Agents.Architecture.Tests.Protos;

/// <summary>What every method says about itself: who may call it, and, where it changes something at an agent, whose command it is.</summary>
internal static class MethodRules
{
    // Calls to an agent that change nothing: no command, so nothing that could be stale. HoldPorts ends with its stream.
    private static readonly HashSet<string> Reading =
    [
        "Hello", "GetFacts", "WatchEvents", "HoldPorts", "DialTest", "ListContainers", "InspectContainer", "WaitContainer", "StreamLogs", "StreamStats",
        "ListNetworks", "ListVolumes", "CheckImages", "GetEtcdStatus", "GetKeys", "ListMembers", "ListInstances", "GetInstance", "GetCluster", "WatchNodes", "GetConfiguration",
        "Query", "GetServerStats",
    ];

    /// <summary>Methods that do not say who may call them.</summary>
    public static IEnumerable<string> WithoutRole(IEnumerable<MethodDescriptor> methods) =>
        methods.Where(method => method.GetOptions()?.GetExtension(AuthExtensions.Role) is null or Role.Unspecified).Select(method => $"{method.FullName} has no role");

    /// <summary>Methods that change something at an agent and do not carry a <c>CommandContext context</c>.</summary>
    public static IEnumerable<string> WithoutContext(IEnumerable<MethodDescriptor> methods) =>
        from method in methods
        where method.GetOptions()?.GetExtension(AuthExtensions.Role) == Role.Controller && !Reading.Contains(method.Name)
        let context = method.InputType.FindFieldByName("context")
        where context is not { FieldType: FieldType.Message } || context.MessageType.FullName != CommandContext.Descriptor.FullName
        select $"{method.FullName} changes something and carries no CommandContext context";

    /// <summary>Verbs of REST that nobody serves, or that lack what their endpoint is made from: the resource's id in the request, the operation in the answer.</summary>
    public static IEnumerable<string> BrokenVerbs(IEnumerable<MethodDescriptor> methods) =>
        from method in methods
        where method.GetOptions()?.GetExtension(RestExtensions.Verb) is not null
        from problem in new[]
        {
            method.Service.FullName == PostgresClusterService.Descriptor.FullName ? "" : "is a verb, and REST asks its service for none",
            method.InputType.FindFieldByName("id") is null ? "is a verb and its request has no id" : "",
            method.OutputType.FindFieldByName("operation") is { FieldType: FieldType.Message } answer && answer.MessageType.FullName == Operation.Descriptor.FullName ? "" : "is a verb and its answer has no operation",
        }
        where problem.Length > 0
        select $"{method.FullName} {problem}";
}
