using Agents.Agent.Docker.Objects;

namespace Agents.Testing.Docker;

/// <summary>One container of <see cref="FakeDockerEngine"/>.</summary>
internal sealed class FakeContainer(string id, string name, ContainerBody body, DateTimeOffset created)
{
    /// <summary>The id.</summary>
    public string Id => id;

    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>What it was created from.</summary>
    public ContainerBody Body => body;

    /// <summary>Its state.</summary>
    public ContainerStatus State { get; set; } = new(ContainerStatus.Created);

    /// <summary>The id of its network; empty before its first start, null when it was taken out of it.</summary>
    public string? NetworkId { get; set; } = "";

    /// <summary>Ends when it does not run any more.</summary>
    public TaskCompletionSource<int> Ended { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it carries a label, given as "key" or "key=value".</summary>
    public bool Has(string label) => FakeDockerEngine.HasLabel(body.Labels, label);

    /// <summary>What an inspection shows.</summary>
    public ContainerInspection Inspect() => new(
        id, "/" + name, created, 0, State, new ContainerConfiguration(body.Image, false, body.Labels),
        [.. (body.HostConfig.Mounts ?? []).Select(mount => new ContainerMount("volume", mount.Source, mount.Target, !mount.ReadOnly))], NetworkId);
}
