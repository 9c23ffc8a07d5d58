using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Observation;

/// <summary>One change of what is known of this host's containers.</summary>
/// <param name="Action">The engine's word, as "die".</param>
/// <param name="Container">The container as it is now; when it is gone, as it was last seen.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Removed">Whether the container is gone.</param>
internal sealed record ContainerChange(string Action, ContainerInspection Container, DateTimeOffset Time, bool Removed);
