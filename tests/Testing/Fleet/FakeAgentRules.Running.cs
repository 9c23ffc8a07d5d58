using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Testing.Fleet;

/// <content>What must run to be asked or told.</content>
internal sealed partial class FakeAgentRules
{
    /// <summary>A container that runs and answers; refused with the reason of its engine otherwise.</summary>
    public FakeContainer Running(InstanceId instance, string reason) =>
        host.Containers.Values.SingleOrDefault(container => container.InstanceId == instance && container.IsAlive) ?? throw Refused(reason, $"instance {instance} does not run");

    /// <summary>The same, of a kind: it is not found where it is another's.</summary>
    public FakeContainer Running(InstanceId instance, string reason, string kind) =>
        host.Containers.Values.Any(container => container.InstanceId == instance && container.Kind == kind) ? Running(instance, reason) : throw Refused(ErrorReasons.NotFound, $"this host has no {kind} instance {instance}");

    /// <summary>A node that runs and has a server: it has its data.</summary>
    public FakeContainer RunningServer(InstanceId instance)
    {
        var node = Running(instance, ErrorReasons.PostgresUnreachable);
        return host.Volumes.GetValueOrDefault($"{node.Name}-data") is { HasData: true } ? node : throw Refused(ErrorReasons.PostgresUnreachable, $"instance {instance} has no server yet");
    }
}
