using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Finds the node that leads and takes writes, by asking each of them.</summary>
internal sealed class LeaderFinder(InstanceBuilder builder)
{
    /// <summary>The leading node; null when none says that it leads.</summary>
    public async Task<Instance?> FindAsync(IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var nodes = instances.Where(instance => instance.Kind == InstanceKind.Postgres).ToList();
        var leads = await Task.WhenAll(nodes.Select(node => LeadsAsync(node, cancellationToken)));
        return nodes.Zip(leads).FirstOrDefault(pair => pair.Second).First;
    }

    private async Task<bool> LeadsAsync(Instance node, CancellationToken cancellationToken)
    {
        try
        {
            return (await builder.AgentOf(node.HostId).GetPatroniClusterAsync(node.Id, cancellationToken)).SelfIsLeader;
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return false; // Not up yet, or away: another one may lead.
        }
    }
}
