using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;

namespace Agents.Agent.Hosts;

/// <summary>Everything that there is on the host at one moment.</summary>
internal sealed record HostContents(
    bool DockerReachable, IReadOnlyList<ContainerInspection> Containers, IReadOnlyList<InstanceView> Instances,
    IReadOnlyList<VolumeInspection> Volumes, IReadOnlyList<NetworkInspection> Networks);
