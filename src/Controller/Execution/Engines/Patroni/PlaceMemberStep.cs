using Agents.Controller.Stores;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// Writes down another member in the place of the lost one: on the same host and ports, so that nobody who knows these has to be told, and with an id and a name of its own, which
/// nothing that is left anywhere can be taken for.
/// </summary>
internal sealed class PlaceMemberStep(IStore store) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => PatroniSteps.PlaceMember;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var arguments = ReplaceMemberArguments.Parse(context.Operation.Arguments);
        return await store.WriteAsync(writer => new StepOutcome.Done(Place(writer, context.Cluster.Id, arguments)), cancellationToken);
    }

    private static string Place(IStoreWriter writer, ClusterId id, ReplaceMemberArguments arguments)
    {
        var cluster = Invariant.NotNull(writer.FindCluster(id), "the cluster of an open operation exists");
        var instances = writer.ListInstances(cluster.Ref);
        if (instances.FirstOrDefault(instance => instance.Id == arguments.Replacement) is { } placed)
            return $"{placed.Member} placed";

        var lost = Invariant.NotNull(instances.FirstOrDefault(instance => instance.Id == arguments.Lost), "the lost member is there until another takes its place");
        var member = lost with
        {
            Id = arguments.Replacement,
            Ordinal = cluster.NextOrdinal,
            Member = lost.Profile.MemberOf(cluster.Name, cluster.NextOrdinal),
            Generation = 1,
            Initialised = false,
            ConfigHash = "",
            PlacementReason = $"in the place of {lost.Member}, whose data was gone",
        };
        writer.RemoveInstance(lost.Id);
        ClusterVault.Remove(writer, lost);
        writer.AddInstances([member]);
        Invariant.Require(writer.UpdateCluster(cluster with { NextOrdinal = cluster.NextOrdinal + 1 }, cluster.Generation), "a cluster does not change within one transaction");
        return $"{member.Member} in the place of {lost.Member}";
    }
}
