namespace Agents.Agent.Docker.Objects;

/// <summary>One mount of a container.</summary>
internal sealed record ContainerMount(string Type, string Name = "", string Destination = "", bool RW = true);
