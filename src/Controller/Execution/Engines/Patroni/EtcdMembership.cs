using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>Changes who is a member of a cluster's etcd, through one that is well. All can be done twice, and throw what <see cref="IAgent"/> throws.</summary>
internal sealed class EtcdMembership(IPatroniAgents agents)
{
    /// <summary>The other members.</summary>
    public static IReadOnlyList<Instance> OthersOf(StepContext context, InstanceId instance) =>
        [.. context.Instances.Where(other => other.Kind == InstanceKind.Etcd && other.Id != instance)];

    /// <summary>Whether all of these agree with the cluster.</summary>
    public async Task<bool> AreWellAsync(IReadOnlyList<Instance> members, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(members.Select(member => AgentOf(member).IsEtcdHealthyAsync(member.Id, cancellationToken)));
        return members.Count > 0 && answers.All(isWell => isWell);
    }

    /// <summary>A member of another name at the address of a lost one, which has taken its place already; null where there is none.</summary>
    public async Task<EtcdMember?> FindSuccessorAsync(Instance through, Instance lost, CancellationToken cancellationToken)
    {
        var url = EtcdPeers.UrlOf(lost);
        return (await AgentOf(through).ListEtcdMembersAsync(through.Id, cancellationToken))
            .FirstOrDefault(member => member.Name.Length > 0 && member.Name != lost.Member && member.PeerUrls.Contains(url));
    }

    /// <summary>Takes out a member by its name, and what was never started at its address.</summary>
    public async Task RemoveAsync(Cluster cluster, Instance through, Instance lost, CancellationToken cancellationToken)
    {
        var url = EtcdPeers.UrlOf(lost);
        foreach (var member in await AgentOf(through).ListEtcdMembersAsync(through.Id, cancellationToken))
        {
            if (member.Name == lost.Member || (member.Name.Length == 0 && member.PeerUrls.Contains(url)))
                await AgentOf(through).RemoveEtcdMemberAsync(InstanceTarget.Of(cluster, through), member.Id, cancellationToken);
        }
    }

    /// <summary>Makes room for a member, without a vote.</summary>
    public Task AddAsync(Cluster cluster, Instance through, Instance added, CancellationToken cancellationToken) =>
        AgentOf(through).AddEtcdMemberAsync(InstanceTarget.Of(cluster, through), EtcdPeers.UrlOf(added), cancellationToken);

    /// <summary>Gives a member its vote; false while it does not have the data yet.</summary>
    public async Task<bool> PromoteAsync(Cluster cluster, Instance through, Instance added, CancellationToken cancellationToken)
    {
        var url = EtcdPeers.UrlOf(added);
        var member = (await AgentOf(through).ListEtcdMembersAsync(through.Id, cancellationToken)).FirstOrDefault(member => member.PeerUrls.Contains(url));
        return member is not null && await AgentOf(through).PromoteEtcdMemberAsync(InstanceTarget.Of(cluster, through), member.Id, cancellationToken);
    }

    private IPatroniAgent AgentOf(Instance member) => agents.FindPatroni(member.HostId) ?? throw new AgentUnavailableException("the host has no link");
}
