using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Who took the writes when a cluster was stopped: it is remembered until somebody takes writes again, and not a moment longer.</summary>
internal sealed class PrimaryNote(IStore store, IAgents agents)
{
    /// <summary>Somebody takes writes.</summary>
    public async Task ForgetAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Cluster.Stopped is not { IsStarting: true })
            return;
        await store.WriteAsync(
            writer => writer.FindCluster(context.Cluster.Id) is not { Stopped.IsStarting: true } cluster || writer.UpdateCluster(cluster with { Stopped = null }, cluster.Generation),
            cancellationToken);
    }

    /// <summary>
    /// Asks the nodes that run once more, just before they are stopped: between the note and that another may have taken the lead, as where a controller has ended in between. Returns the cluster with the note that
    /// holds now; who says nothing changes nothing.
    /// </summary>
    public async Task<Cluster> CorrectAsync(StepContext context, CancellationToken cancellationToken)
    {
        var nodes = context.Instances.Where(instance => instance.Profile.IsNode).ToList();
        var seen = await Task.WhenAll(nodes.Select(node => FindPositionAsync(agents, node, cancellationToken)));
        var told = nodes.Zip(seen).Where(node => node.Second is not null).ToList();
        return await store.WriteAsync(
            writer =>
            {
                var cluster = Invariant.NotNull(writer.FindCluster(context.Cluster.Id), "the cluster of an open operation exists");
                var corrected = cluster.Lifecycle == ClusterLifecycle.Deleting
                    ? cluster with { Trash = cluster.Trash is { } trash ? trash with { Nodes = After(new Stopped { Nodes = trash.Nodes }).Nodes } : null }
                    : cluster with { Stopped = cluster.Stopped is { } stopped ? After(stopped) : null };
                Invariant.Require(writer.UpdateCluster(corrected, cluster.Generation), "a cluster does not change within one transaction");
                return corrected;
            },
            cancellationToken);

        Stopped After(Stopped note) => told.Aggregate(note, (current, node) => current.After(node.First.Id, node.Second));
    }

    /// <summary>Where a node stands by its own word; null where it says nothing: it is down, or out of sight.</summary>
    public static async Task<WalPosition?> FindPositionAsync(IAgents agents, Instance node, CancellationToken cancellationToken)
    {
        if (agents.Find(node.HostId) is not { } agent)
            return null;
        try
        {
            return await agent.GetPositionAsync(node.Id, cancellationToken);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return null;
        }
    }
}
