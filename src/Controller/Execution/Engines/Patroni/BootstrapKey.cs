using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// The key by which one node of a new cluster says that it begins the data. Patroni sets it, empty, only where it is not there, and tries again when no answer comes: where the first try was
/// obeyed and its answer was lost, and where a node died while it began, the key stays, and all wait for ever for somebody who is not there. A node that died after it had made its
/// data directory, and before it had made its roles, fills the key when it is back, and cannot lead.
/// </summary>
internal sealed class BootstrapKey(IPatroniAgents agents)
{
    /// <summary>The states of a node that does nothing, and of one whose PostgreSQL runs. One that begins the data says so.</summary>
    private const string Idle = "stopped", Running = "running";

    /// <summary>The key, with the etcd member that was asked, and whether a node leads or did a moment ago; nothing where none is in reach.</summary>
    public async Task<(Instance? Member, EtcdKey? Key, bool IsLed)> FindAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var member = instances.FirstOrDefault(instance => instance.Kind == InstanceKind.Etcd && agents.FindPatroni(instance.HostId) is not null);
        if (member is null || agents.FindPatroni(member.HostId) is not { } agent)
            return (null, null, false);
        var key = await agent.FindEtcdKeyAsync(member.Id, PatroniKeys.Initialize(cluster.Id), PatroniKeys.LengthMax, cancellationToken);
        return (member, key, await agent.FindEtcdKeyAsync(member.Id, PatroniKeys.Leader(cluster.Id), PatroniKeys.LengthMax, cancellationToken) is not null);
    }

    /// <summary>
    /// Takes the key away where nobody can be at it: the node that is to begin, the only one that has orders to, does nothing, and the key is empty, so there is no data that it could speak of.
    /// Were it taken away too early all the same, the node would set it again at its end.
    /// </summary>
    public async Task<BootstrapSight> FreeAsync(Cluster cluster, Instance node, PatroniReport report, (Instance? Member, EtcdKey? Key, bool IsLed) found, CancellationToken cancellationToken)
    {
        var state = report.Members.FirstOrDefault(member => member.Name == node.Member)?.State ?? "";
        if (state == Running && found is { Key.IsEmpty: false, IsLed: false } && !report.SelfIsLeader)
            return new BootstrapSight($"{node.Member} was cut while it began its data, before anybody could log in, and cannot lead over what it has", IsCut: true);
        if (state != Idle)
            return new BootstrapSight(state.Length == 0 ? $"{node.Member} has not said yet what it does" : $"{node.Member} says: {state}");
        if (found is not ({ } member, { IsEmpty: true } key, false) || agents.FindPatroni(member.HostId) is not { } agent)
            return new BootstrapSight($"{node.Member} has not begun yet");
        await agent.DeleteEtcdKeyAsync(InstanceTarget.Of(cluster, member), PatroniKeys.Initialize(cluster.Id), key, cancellationToken);
        return new BootstrapSight($"{node.Member} waited for somebody who was to begin and is not there: now it begins");
    }
}
