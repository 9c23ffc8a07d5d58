using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>A volume or a network with our labels, as its agent last reported it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="ControllerId">The store that it belongs to.</param>
/// <param name="Owner">The resource that its label names; null where it names none.</param>
/// <param name="InstanceId">The instance that its label names; null where it names none.</param>
/// <param name="HoldsData">Whether it may hold what users wrote.</param>
/// <param name="Subnet">A network's, in CIDR form; empty where it is not known.</param>
public sealed record OwnedObject(Orphan.Type Kind, string Name, string ControllerId, ResourceRef? Owner, InstanceId? InstanceId, bool HoldsData, string Subnet = "");
