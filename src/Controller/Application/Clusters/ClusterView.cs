using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>A cluster with what is observed of it now.</summary>
internal sealed record ClusterView(Cluster Cluster, ClusterStatus Status)
{
    /// <summary>What lies in its trash; null while it lives.</summary>
    public TrashView? Trash { get; init; }
}
