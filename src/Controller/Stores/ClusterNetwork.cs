using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>The network of a cluster on one of its hosts.</summary>
/// <param name="HostId">The host.</param>
/// <param name="Subnet">Its subnet, in CIDR form: that of no other cluster on this host.</param>
/// <param name="ClusterId">The cluster.</param>
internal sealed record ClusterNetwork(HostId HostId, string Subnet, ClusterId ClusterId);
