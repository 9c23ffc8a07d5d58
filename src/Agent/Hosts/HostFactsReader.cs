using System.Globalization;
using System.Runtime.InteropServices;
using Agents.Agent.Configuration;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Kernel;
using Agents.Agent.Observation;
using Agents.V1;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Agent.Hosts;

/// <summary>Reads what the host is made of, anew with every call. An engine that does not answer is a fact like any other.</summary>
internal sealed class HostFactsReader(
    AgentSettings settings, IDockerSystem docker, ContainerView view, UsedSubnets used, FirewallWatch firewall, IBootClock clock, TimeProvider timeProvider)
{
    private const long BytesPerKibibyte = 1024;
    private const int SubnetsMax = 2000;

    /// <summary>The facts.</summary>
    public async Task<HostFacts> ReadAsync(CancellationToken cancellationToken)
    {
        var engine = await ReadDockerAsync(cancellationToken);
        var memory = ReadFields("/proc/meminfo", ':');
        var disk = new DriveInfo(Directory.Exists(engine.RootDirectory) ? engine.RootDirectory : "/");
        return new HostFacts
        {
            Hostname = settings.Name,
            OperatingSystem = ReadFields("/etc/os-release", '=').GetValueOrDefault("PRETTY_NAME", "").Trim('"'),
            KernelVersion = File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            Architecture = ArchitectureName(RuntimeInformation.OSArchitecture),
            Cpus = Environment.ProcessorCount,
            MemoryBytes = Kibibytes(memory, "MemTotal"),
            MemoryAvailableBytes = Kibibytes(memory, "MemAvailable"),
            Docker = engine,
            DiskBytes = disk.TotalSize,
            DiskFreeBytes = disk.AvailableFreeSpace,
            Clock = Timestamp.FromDateTimeOffset(timeProvider.GetUtcNow()),
            ClusterAddress = settings.ClusterAddress.ToString(),
            ClientAddress = settings.ClientAddress.ToString(),
            PortFirst = settings.Ports.First,
            PortLast = settings.Ports.Last,
            NetworkPool = settings.NetworkPool.ToString(),
            BootId = clock.BootId,
            Uptime = clock.SinceBoot.ToDuration(),
            UsedSubnets = { engine.Reachable ? await ReadUsedAsync(cancellationToken) : [] },
            Warnings = { await firewall.AreRulesGoneAsync(cancellationToken) ? [FirewallWatch.Warning] : (string[])[] },
        };
    }

    /// <summary>The name of an architecture as images carry it.</summary>
    public static string ArchitectureName(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.Arm64 => "arm64",
        _ => architecture.ToString().ToLowerInvariant(),
    };

    // An engine that is known not to answer is not asked: who wants the facts wants them now.
    private async Task<DockerFacts> ReadDockerAsync(CancellationToken cancellationToken)
    {
        if (view.Reach is { IsReachable: false, Since: var since } reach && since != default)
            return Away(reach.Error, since);
        try
        {
            var asking = docker.GetInfoAsync(cancellationToken);
            return await Task.WhenAny(asking, view.Lost) == asking ? Show(await asking) : Away(view.Reach.Error, view.Reach.Since);
        }
        catch (DockerException exception)
        {
            return Away(exception.Message, timeProvider.GetUtcNow());
        }
    }

    // Without the engine the list would be short of what matters most; it is left out as a whole.
    private async Task<IEnumerable<UsedSubnet>> ReadUsedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var asking = used.ReadAsync(cancellationToken);
            return await Task.WhenAny(asking, view.Lost) == asking ? (await asking).Take(SubnetsMax).Select(Show) : [];
        }
        catch (DockerException)
        {
            return [];
        }
    }

    private static UsedSubnet Show(UsedRange range) => new() { Cidr = range.Range.ToString(), Holder = range.Holder };

    private static DockerFacts Away(string error, DateTimeOffset since) =>
        new() { Reachable = false, Error = error, UnreachableSince = Timestamp.FromDateTimeOffset(since) };

    private DockerFacts Show(EngineInfo info) => new()
    {
        Reachable = true,
        Version = info.ServerVersion,
        ApiVersion = docker.SettledVersion,
        StorageDriver = info.Driver,
        CgroupVersion = int.TryParse(info.CgroupVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
        LiveRestore = info.LiveRestoreEnabled,
        RootDirectory = info.DockerRootDir,
    };

    private static Dictionary<string, string> ReadFields(string path, char separator)
    {
        var fields = new Dictionary<string, string>();
        if (File.Exists(path))
            foreach (var line in File.ReadLines(path))
                if (line.Split(separator, 2) is [var key, var value])
                    fields[key] = value.Trim();
        return fields;
    }

    private static long Kibibytes(Dictionary<string, string> fields, string key) =>
        long.TryParse(fields.GetValueOrDefault(key, "").Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * BytesPerKibibyte : 0;
}
