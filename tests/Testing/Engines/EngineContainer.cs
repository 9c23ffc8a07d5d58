using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace Agents.Testing.Engines;

/// <summary>One container of an engine, made as the product makes it: names, labels, volumes and published ports of the conventions.</summary>
/// <param name="InstanceId">Its instance id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Member">Its name in its engine.</param>
/// <param name="Image">Its image.</param>
/// <param name="UserId">The user that runs it and owns its files.</param>
/// <param name="Ports">Its ports by name.</param>
internal sealed record EngineContainer(string InstanceId, string Kind, string Member, string Image, int UserId, IReadOnlyDictionary<string, int> Ports)
{
    /// <summary>The container's name, and the beginning of its volumes' names.</summary>
    public string Name => $"agents-{Guid.Parse(InstanceId):N}";

    /// <summary>Creates the container, writes its configuration and starts it.</summary>
    public async Task StartAsync(EngineNetwork network, string dataPath, IEnumerable<KeyValuePair<string, string>> files, IEnumerable<string> options, IEnumerable<string> command)
    {
        await DockerCommand.RunAsync(
        [
            "create", "--name", Name, "--network", network.Name, "--volume", $"{Name}-data:{dataPath}", "--volume", $"{Name}-config:/etc/agents",
            "--label", "agents.controller=test", "--label", $"agents.instance={InstanceId}", "--label", $"agents.kind={Kind}", "--label", $"agents.member={Member}",
            .. Ports.SelectMany(port => PortOptions(network.Address, port.Key, port.Value)), .. options, Image, .. command,
        ]);
        await DockerCommand.RunAsync(Archive(files), "cp", "-", $"{Name}:/etc/agents");
        await DockerCommand.RunAsync("start", Name);
    }

    /// <summary>Writes files into its configuration volume.</summary>
    public Task WriteAsync(IEnumerable<KeyValuePair<string, string>> files) => DockerCommand.RunAsync(Archive(files), "cp", "-", $"{Name}:/etc/agents");

    /// <summary>All that it has written to its log.</summary>
    public async Task<string> LogAsync()
    {
        var path = await DockerCommand.RunAsync("inspect", "--format", "{{.LogPath}}", Name);
        return await File.ReadAllTextAsync(path);
    }

    /// <summary>Removes it and its volumes.</summary>
    public async Task RemoveAsync()
    {
        await DockerCommand.RunAsync("rm", "--force", "--volumes", Name);
        await DockerCommand.RunAsync("volume", "rm", "--force", $"{Name}-data", $"{Name}-config");
    }

    private static IEnumerable<string> PortOptions(string address, string name, int port)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        return ["--publish", $"{address}:{number}:{number}", "--label", $"agents.port.{name}={number}"];
    }

    private byte[] Archive(IEnumerable<KeyValuePair<string, string>> files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var (path, content) in files)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path)
                {
                    Uid = UserId,
                    Gid = UserId,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                });
        }
        return bytes.ToArray();
    }
}
