using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>A cluster with what is observed of it now.</summary>
internal sealed record ClusterView(Cluster Cluster, ClusterStatus Status);
