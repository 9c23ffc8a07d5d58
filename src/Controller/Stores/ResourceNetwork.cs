using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>The network of a resource on one of its hosts.</summary>
/// <param name="HostId">The host.</param>
/// <param name="Subnet">Its subnet, in CIDR form: that of no other resource on this host.</param>
/// <param name="Owner">The resource.</param>
internal sealed record ResourceNetwork(HostId HostId, string Subnet, ResourceRef Owner);
