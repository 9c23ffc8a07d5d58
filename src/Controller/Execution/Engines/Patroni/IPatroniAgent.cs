using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>What a host's agent does for Patroni clusters alone. Fails as <see cref="IAgent"/> does.</summary>
internal interface IPatroniAgent
{
    /// <summary>Whether an etcd member can read linearizably: the cluster has quorum, seen from there.</summary>
    Task<bool> IsEtcdHealthyAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>The members of etcd's cluster, as an etcd member knows them.</summary>
    Task<IReadOnlyList<EtcdMember>> ListEtcdMembersAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>Has an etcd member make room for another one, which does not vote yet. With the same address again it is the one that is there.</summary>
    Task AddEtcdMemberAsync(InstanceTarget target, string peerUrl, CancellationToken cancellationToken);

    /// <summary>Has an etcd member give another one its vote; false while that does not have the data yet.</summary>
    Task<bool> PromoteEtcdMemberAsync(InstanceTarget target, string memberId, CancellationToken cancellationToken);

    /// <summary>Has an etcd member take another one out of the cluster. One that is none is a success.</summary>
    Task RemoveEtcdMemberAsync(InstanceTarget target, string memberId, CancellationToken cancellationToken);

    /// <summary>A key of etcd, of so many bytes at most; null where it is not there.</summary>
    Task<EtcdKey?> FindEtcdKeyAsync(InstanceId instance, string key, int lengthMax, CancellationToken cancellationToken);

    /// <summary>Has an etcd member delete a key, if it still has that value and was last changed with that revision. One that is otherwise stays. Returns whether it was deleted.</summary>
    Task<bool> DeleteEtcdKeyAsync(InstanceTarget target, string key, EtcdKey expected, CancellationToken cancellationToken);

    /// <summary>The cluster as a node's Patroni reports it.</summary>
    Task<PatroniReport> GetPatroniClusterAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>Has a node's Patroni hand the lead over, to the candidate or to whom it chooses where that is empty. Ends when another leads; refused with Patroni's own words.</summary>
    Task SwitchoverAsync(InstanceTarget target, string leader, string candidate, CancellationToken cancellationToken);

    /// <summary>Has a node's Patroni restart PostgreSQL; refused with Patroni's own words.</summary>
    Task RestartPostgresAsync(InstanceTarget target, CancellationToken cancellationToken);

    /// <summary>Has a node's Patroni look at its cluster at once.</summary>
    Task WakePatroniAsync(InstanceTarget target, CancellationToken cancellationToken);
}
