using Agents.Controller.Doors;

namespace Agents.Controller.Links;

/// <summary>Counts the connections of the agents' port that have shown no good certificate, so that nobody without one keeps agents out.</summary>
internal sealed class Strangers(AgentPortLimits limits) : ConnectionPlaces(limits.StrangersMax, limits.StrangersOfAddressMax);
