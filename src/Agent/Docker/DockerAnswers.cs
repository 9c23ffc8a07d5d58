using System.Globalization;
using Agents.Agent.Docker.Objects;
using Models = Docker.DotNet.Models;

namespace Agents.Agent.Docker;

/// <summary>What the agent reads of the library's answers. The engine leaves out or writes null what is empty, whatever the library's types say.</summary>
internal static class DockerAnswers
{
    /// <summary>The engine itself.</summary>
    public static EngineInfo Info(Models.SystemInfoResponse info) =>
        new(info.ServerVersion, info.Driver, info.CgroupVersion ?? "", info.LiveRestoreEnabled, info.DockerRootDir);

    /// <summary>One container of a list.</summary>
    public static ContainerSummary Summary(Models.ContainerListResponse container) =>
        new(container.ID, [.. container.Names ?? []], container.State, Labels(container.Labels));

    /// <summary>One container in full.</summary>
    public static ContainerInspection Container(Models.ContainerInspectResponse container)
    {
        if (container.State is not { } state || container.Config is not { } config)
            throw new DockerException(DockerFailure.Refused, $"The Docker Engine's answer is not understood: container {container.ID} has no state or no configuration.");
        return new ContainerInspection(
            container.ID, container.Name, Time(container.Created), (int)container.RestartCount, Status(state),
            new ContainerConfiguration(config.Image, config.Tty, Labels(config.Labels)),
            [.. (container.Mounts ?? []).Select(mount => new ContainerMount(mount.Type ?? "", mount.Name ?? "", mount.Destination, mount.RW))],
            NetworkId(container));
    }

    /// <summary>One image.</summary>
    public static ImageInspection Image(Models.ImageInspectResponse image) =>
        new(image.ID, [.. image.RepoTags ?? []], new ImageConfiguration(Labels(image.Config?.Labels)));

    /// <summary>One network.</summary>
    public static NetworkInspection Network(Models.NetworkResponse network) =>
        new(network.ID, network.Name, Labels(network.Labels), new IpamBody([.. (network.IPAM?.Config ?? []).Select(pool => new IpamPool(pool.Subnet))]))
        {
            Users = [.. (network.Containers ?? new Dictionary<string, Models.EndpointResource>()).Values.Select(container => container.Name).Order(StringComparer.Ordinal)],
        };

    /// <summary>One volume.</summary>
    public static VolumeInspection Volume(Models.VolumeResponse volume) =>
        new(volume.Name, volume.Driver, Time(volume.CreatedAt), Labels(volume.Labels));

    /// <summary>One event.</summary>
    public static DockerEvent Event(Models.Message message) =>
        new(message.Action, new DockerActor(message.Actor?.ID ?? "", Labels(message.Actor?.Attributes)), message.TimeNano ?? 0);

    /// <summary>Resource use.</summary>
    public static ContainerStats Stats(Models.ContainerStatsResponse stats) => new()
    {
        Read = Time(stats.Read),
        Cpu = new CpuStats(new CpuUsage(stats.CPUStats?.CPUUsage?.TotalUsage ?? 0)),
        Memory = new MemoryStats(stats.MemoryStats?.Usage ?? 0, stats.MemoryStats?.Limit ?? 0, stats.MemoryStats?.Stats?.AsReadOnly()),
        Pids = new PidsStats(stats.PidsStats?.Current ?? 0),
        Networks = stats.Networks?.ToDictionary(card => card.Key, card => new NetworkStats(card.Value.RxBytes, card.Value.TxBytes)),
        Block = new BlockStats([.. (stats.BlkioStats?.IoServiceBytesRecursive ?? []).Select(counter => new BlockCounter(counter.Op, counter.Value))]),
    };

    private static string? NetworkId(Models.ContainerInspectResponse container) =>
        container.HostConfig?.NetworkMode is { } network && container.NetworkSettings?.Networks is { } networks
            ? networks.TryGetValue(network, out var endpoint) ? endpoint?.NetworkID ?? "" : null
            : "";

    private static ContainerStatus Status(Models.State state) => new(
        state.Status, state.Running, (int)state.Pid, (int)state.ExitCode, state.OOMKilled, state.Error, Time(state.StartedAt), Time(state.FinishedAt));

    private static IReadOnlyDictionary<string, string>? Labels(IDictionary<string, string>? labels) => labels?.AsReadOnly();

    private static DateTimeOffset Time(DateTime time) => new(time.ToUniversalTime());

    private static DateTimeOffset Time(string? time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var known) ? known : default;
}
