using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Instances;

/// <summary>One life of a container that has ended. Started again it is the same container, and another life: what was found out about this one says nothing of that.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="FinishedAt">When it ended.</param>
internal sealed record ContainerLife(string ContainerId, DateTimeOffset StartedAt, DateTimeOffset FinishedAt)
{
    /// <summary>The life that a container has ended; null while it runs.</summary>
    public static ContainerLife? EndedOf(ContainerInspection? container) =>
        container is { State.Status: ContainerStatus.Exited } ? new ContainerLife(container.Id, container.State.StartedAt, container.State.FinishedAt) : null;
}
