namespace Agents.Controller.Stores;

/// <summary>A port or a subnet of a host was taken by another plan: plan again.</summary>
internal sealed class PlacementTakenException(string message) : Exception(message);
