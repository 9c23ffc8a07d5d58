using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// The key by which one node of a new cluster says that it begins the data. Patroni sets it only where it is not there, and tries again when no answer comes: where the first try was obeyed
/// and its answer was lost, and where a node died while it began, the key stays, and every node waits for ever for somebody who is not there.
/// </summary>
internal sealed class BootstrapKey(IPatroniAgents agents)
{
    /// <summary>The state of a node that does nothing. One that begins the data says so.</summary>
    private const string Idle = "stopped";

    /// <summary>
    /// Takes the key away where nobody can be at it: the node that is to begin, the only one that was ever started, does nothing, and the key is empty, so there is no data that it could speak of.
    /// Were it taken away too early all the same, the node would set it again at its end. What is in the way, for people.
    /// </summary>
    public async Task<string> FreeAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance node, PatroniReport report, CancellationToken cancellationToken)
    {
        var state = report.Members.FirstOrDefault(member => member.Name == node.Member)?.State ?? "";
        if (state != Idle)
            return state.Length == 0 ? $"{node.Member} has not said yet what it does" : $"{node.Member} says: {state}";
        var key = PatroniKeys.Initialize(cluster.Id);
        foreach (var member in instances.Where(instance => instance.Kind == InstanceKind.Etcd))
        {
            if (agents.FindPatroni(member.HostId) is not { } agent)
                continue;
            if (await agent.FindEmptyEtcdKeyAsync(member.Id, key, cancellationToken) is not { } revision)
                return $"{node.Member} has not begun yet";
            await agent.DeleteEmptyEtcdKeyAsync(InstanceTarget.Of(cluster, member), key, revision, cancellationToken);
            return $"{node.Member} waited for somebody who was to begin and is not there: now it begins";
        }

        return "no etcd member is in reach";
    }
}
