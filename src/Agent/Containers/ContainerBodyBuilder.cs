using System.Globalization;
using Agents.Agent.Docker.Objects;
using Agents.V1;
using Agents.Words;

namespace Agents.Agent.Containers;

/// <summary>Makes the engine's specification of a container. Pure. Everything that a container could do to its host is closed here, for all of them alike.</summary>
internal static class ContainerBodyBuilder
{
    private const long LogBytesDefault = 10 * 1024 * 1024;
    private const int LogFilesDefault = 3;
    private const long NanosPerMilli = 1_000_000;
    private const long PidsDefault = 4096;
    private const long NofileDefault = 65536;

    // What an image needs that starts as root to prepare its directories and then gives root up. Without root none of it would have an effect.
    private static readonly string[] s_rootCapabilities = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"];

    /// <summary>The specification for the engine; the labels are those of <see cref="ObjectOwnership.Label"/>.</summary>
    public static ContainerBody Build(ContainerSpec spec, IReadOnlyDictionary<string, string> ownLabels, ProcessLimits limits) => new()
    {
        Image = spec.Image,
        Cmd = spec.Command.Count > 0 ? [.. spec.Command] : null,
        Env = spec.Environment.Count > 0 ? [.. spec.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")] : null,
        Labels = Labels(spec, ownLabels),
        User = spec.User.Length > 0 ? spec.User : null,
        ExposedPorts = spec.Ports.ToDictionary(Inside, _ => new EmptyObject()),
        StopSignal = spec.StopSignal.Length > 0 ? spec.StopSignal : null,
        StopTimeout = spec.StopTimeout is { } timeout ? (int)Math.Ceiling(timeout.ToTimeSpan().TotalSeconds) : null,
        HostConfig = Host(spec, limits),
    };

    private static ContainerHostBody Host(ContainerSpec spec, ProcessLimits limits) => new()
    {
        NetworkMode = spec.Network,
        PortBindings = spec.Ports.ToDictionary(Inside, port => (IReadOnlyList<PortBindingBody>)[new PortBindingBody(port.Address, Number(port.Port))]),
        Mounts = [.. spec.Mounts.Select(mount => new MountBody(mount.Volume, mount.Path, mount.ReadOnly))],
        Tmpfs = spec.TmpfsBytes.ToDictionary(pair => pair.Key, pair => TmpfsOptions(spec.User, pair.Value)),
        ShmSize = Given(spec.ShmBytes),
        Memory = Given(spec.MemoryBytes),
        MemorySwap = Given(spec.MemoryBytes),
        NanoCpus = Given(spec.CpuMilli * NanosPerMilli),
        RestartPolicy = new RestartPolicyBody(spec.RestartPolicy == RestartPolicy.UnlessStopped ? "unless-stopped" : "no"),
        PidsLimit = Given(spec.PidsMax) ?? PidsDefault,
        Ulimits = Ulimits(limits.CapNofile(Given(spec.NofileMax) ?? NofileDefault), limits.Nproc),
        ReadonlyRootfs = spec.ReadOnlyRoot,
        CapDrop = ["ALL"],
        CapAdd = StartsAsRoot(spec.User) ? s_rootCapabilities : null,
        SecurityOpt = ["no-new-privileges"],
        Init = true,
        LogConfig = new LogConfigBody("json-file", new Dictionary<string, string>
        {
            ["max-size"] = Number(spec.LogBytesMax > 0 ? spec.LogBytesMax : LogBytesDefault),
            ["max-file"] = Number(spec.LogFilesMax > 0 ? spec.LogFilesMax : LogFilesDefault),
        }),
    };

    // The engine's own defaults differ with its version and the host's init. Processes are counted per user of the host, not per container: that is what PidsLimit is for.
    private static UlimitBody[] Ulimits(long nofile, long nproc) => [new("nofile", nofile, nofile), new("nproc", nproc, nproc)];

    /// <summary>Where the image has the directory already, the runtime gives the mount that directory's mode, whatever is asked for: so its owner has to be the container's user.</summary>
    private static string TmpfsOptions(string user, long bytes)
    {
        var size = bytes > 0 ? $"size={Number(bytes)}," : "";
        var owner = user.Split(':') is [var uid, var gid] && uint.TryParse(uid, out _) && uint.TryParse(gid, out _) ? $",uid={uid},gid={gid}" : "";
        return $"{size}mode=1777{owner}";
    }

    private static Dictionary<string, string> Labels(ContainerSpec spec, IReadOnlyDictionary<string, string> ownLabels)
    {
        var labels = new Dictionary<string, string>(ownLabels)
        {
            [ObjectLabels.Image] = spec.ImageLabel,
            [ObjectLabels.ContainerHash] = SpecificationHash.Of(spec),
        };
        foreach (var port in spec.Ports)
            labels[ObjectLabels.PortPrefix + port.Name] = Number(port.Port);
        return labels;
    }

    private static bool StartsAsRoot(string user) => user.Split(':')[0] is "0" or "root";

    private static string Inside(PublishedPort port) => $"{Number(port.Port)}/tcp";

    private static long? Given(long value) => value > 0 ? value : null;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
