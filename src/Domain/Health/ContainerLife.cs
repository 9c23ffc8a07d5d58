namespace Agents.Domain.Health;

/// <summary>One life of a container that has ended. Started again it is the same container, and another life: what was found out about this one says nothing of that.</summary>
/// <param name="ContainerId">The container: the Docker Engine's id.</param>
/// <param name="StartedAt">When it was started, by its engine's clock.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record ContainerLife(string ContainerId, DateTimeOffset StartedAt, DateTimeOffset FinishedAt);
