using System.Collections.Immutable;
using Agents.Controller.Execution.Steps;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>What a step works on: read from the store just before the try.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Instances">Its instances; none before they are placed.</param>
/// <param name="HostNames">The names of all hosts.</param>
internal sealed record StepContext(Operation Operation, Cluster Cluster, IReadOnlyList<Instance> Instances, IReadOnlyDictionary<HostId, string> HostNames)
{
    /// <summary>The hosts that the operation goes on without; none for most. What belongs there is left to the reconcile loop.</summary>
    public ImmutableHashSet<HostId> Away { get; } = Operation.Kind switch
    {
        OperationKinds.PostgresClusterUndelete => UndeleteArguments.Parse(Operation.Arguments).Away,
        OperationKinds.PostgresClusterStart => StartArguments.Parse(Operation.Arguments).Away,
        _ => [],
    };

    /// <summary>The nodes that the cluster gets or loses; null where it is about all of it.</summary>
    public NodesArguments? Nodes { get; } = Operation.Kind is OperationKinds.PostgresClusterAddNodes or OperationKinds.PostgresClusterRemoveNodes ? NodesArguments.Parse(Operation.Arguments) : null;

    /// <summary>The instances that the operation is about.</summary>
    public IReadOnlyList<Instance> Present => [.. Instances.Where(IsPresent)];

    /// <summary>Those that it leaves as they are.</summary>
    public IReadOnlyList<Instance> Others => [.. Instances.Where(instance => !IsPresent(instance))];

    /// <summary>Whether the operation is about an instance.</summary>
    public bool IsPresent(Instance instance) => Nodes?.Nodes.Contains(instance.Id) ?? (!Away.Contains(instance.HostId) && !IsUnfinished(instance));

    /// <summary>Whether a start leaves it to the loop, or to the operation that makes it: it never got its data.</summary>
    private bool IsUnfinished(Instance instance) => Operation.Kind == OperationKinds.PostgresClusterStart && instance is { Initialised: false, Profile.HoldsData: true };

    /// <summary>The name of a host, for messages.</summary>
    public string NameOf(HostId host) => HostNames.TryGetValue(host, out var name) ? name : host.ToString();
}
