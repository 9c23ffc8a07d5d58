using Agents.Domain.Engines;
using Agents.V1;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Execution;

/// <summary>Maps a container's blueprint to the contract.</summary>
internal static class ContainerSpecMapper
{
    /// <summary>The specification to send.</summary>
    public static ContainerSpec Map(ContainerBlueprint container)
    {
        var spec = new ContainerSpec
        {
            Name = container.Name,
            Image = container.Image,
            ImageLabel = container.ImageLabel,
            Network = container.Network,
            User = $"{container.User}:{container.User}",
            ShmBytes = container.ShmBytes,
            MemoryBytes = container.MemoryBytes,
            CpuMilli = container.CpuMilli,
            RestartPolicy = container.RestartedByDocker ? RestartPolicy.UnlessStopped : RestartPolicy.No,
            StopTimeout = Duration.FromTimeSpan(container.StopTimeout),
            ReadOnlyRoot = true,
        };
        spec.Command.AddRange(container.Command);
        spec.Labels.Add(container.Labels);
        spec.Ports.AddRange(container.Ports.Select(port => new V1.PublishedPort { Name = port.Name, Address = port.Address, Port = port.Port }));
        spec.Mounts.AddRange(container.Mounts.Select(mount => new VolumeMount { Volume = mount.Key, Path = mount.Value }));
        spec.TmpfsBytes.Add(container.TmpfsBytes);
        return spec;
    }
}
