using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>What a host's agent does for Patroni clusters alone. Fails as <see cref="IAgent"/> does.</summary>
internal interface IPatroniAgent
{
    /// <summary>Whether an etcd member can read linearizably: the cluster has quorum, seen from there.</summary>
    Task<bool> IsEtcdHealthyAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>The cluster as a node's Patroni reports it.</summary>
    Task<PatroniReport> GetPatroniClusterAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>Has a node's Patroni look at its cluster at once.</summary>
    Task WakePatroniAsync(InstanceTarget target, CancellationToken cancellationToken);
}
