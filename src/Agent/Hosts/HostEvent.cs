using Agents.Agent.Instances;
using Agents.Agent.Observation;

namespace Agents.Agent.Hosts;

/// <summary>One thing that happened on the host: exactly one member is set, or none, which means that everything must be shown anew.</summary>
/// <param name="Container">A container changed.</param>
/// <param name="Instance">A record changed.</param>
/// <param name="Engine">The engine answers again, or does not any more.</param>
internal sealed record HostEvent(ContainerChange? Container = null, InstanceView? Instance = null, EngineReach? Engine = null);
