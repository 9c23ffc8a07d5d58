using Agents.Agent.Docker.Objects;
using Docker.DotNet.Models;

namespace Agents.Agent.Docker;

/// <summary>
/// The library's form of our specification of a container. That specification has no members for privileges, host paths and host namespaces; nothing is set here that
/// it does not say.
/// </summary>
internal static class ContainerParameters
{
    /// <summary>What a container of a name is created from.</summary>
    public static CreateContainerParameters Of(string name, ContainerBody body) => new()
    {
        Name = name,
        Image = body.Image,
        Cmd = body.Cmd is { } command ? [.. command] : null!,
        Env = body.Env is { } environment ? [.. environment] : null!,
        Labels = body.Labels is { } labels ? new Dictionary<string, string>(labels) : null!,
        User = body.User ?? "",
        ExposedPorts = body.ExposedPorts?.ToDictionary(port => port.Key, _ => default(EmptyStruct)),
        StopSignal = body.StopSignal,
        StopTimeout = body.StopTimeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        HostConfig = Host(body.HostConfig),
    };

    private static HostConfig Host(ContainerHostBody host) => new()
    {
        NetworkMode = host.NetworkMode,
        PortBindings = host.PortBindings?.ToDictionary(port => port.Key, port => Bindings(port.Value))!,
        Mounts = [.. (host.Mounts ?? []).Select(mount => new Mount { Type = mount.Type, Source = mount.Source, Target = mount.Target, ReadOnly = mount.ReadOnly })],
        Tmpfs = host.Tmpfs?.ToDictionary(),
        ShmSize = host.ShmSize ?? 0,
        Memory = host.Memory ?? 0,
        MemorySwap = host.MemorySwap ?? 0,
        NanoCPUs = host.NanoCpus ?? 0,
        PidsLimit = host.PidsLimit,
        Ulimits = host.Ulimits is { } limits ? [.. limits.Select(limit => new Ulimit { Name = limit.Name, Soft = limit.Soft, Hard = limit.Hard })] : null!,
        RestartPolicy = new RestartPolicy { Name = Restart(host.RestartPolicy.Name) },
        ReadonlyRootfs = host.ReadonlyRootfs,
        CapDrop = [.. host.CapDrop],
        CapAdd = host.CapAdd is { } added ? [.. added] : null!,
        SecurityOpt = [.. host.SecurityOpt],
        Init = host.Init,
        LogConfig = new LogConfig { Type = host.LogConfig.Type, Config = host.LogConfig.Config.ToDictionary() },
    };

    private static IList<PortBinding> Bindings(IReadOnlyList<PortBindingBody> bindings) =>
        [.. bindings.Select(binding => new PortBinding { HostIP = binding.HostIp, HostPort = binding.HostPort })];

    private static RestartPolicyKind Restart(string name) => name switch
    {
        "no" => RestartPolicyKind.No,
        "unless-stopped" => RestartPolicyKind.UnlessStopped,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no restart policy that containers of ours have"),
    };
}
