using System.Formats.Tar;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;

namespace Agents.Testing.Docker;

/// <content>Networks, volumes, images, events and archives.</content>
internal sealed partial class FakeDockerEngine : IDockerNetworks, IDockerVolumes, IDockerImages, IDockerEvents, IDockerArchives
{
    Task<IReadOnlyList<NetworkInspection>> IDockerNetworks.ListAsync(string label, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<NetworkInspection>>(() => [.. _networks.Values.Where(network => HasLabel(network.Labels, label))]);

    /// <summary>Subnets of networks that it remembers and does not list: it was ended in the middle of making them.</summary>
    public List<IPNetwork> HiddenSubnets { get; } = [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<NetworkInspection>> ListAllAsync(CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<NetworkInspection>>(() => [.. _networks.Values]);

    Task<NetworkInspection?> IDockerNetworks.FindAsync(string name, CancellationToken cancellationToken) => RunAsync(() => _networks.GetValueOrDefault(name) is { } network
        ? network with { Users = [.. _containers.Values.Where(container => container.State.Running && container.Body.HostConfig.NetworkMode == name).Select(container => container.Name)] }
        : null);

    /// <inheritdoc/>
    public Task CreateAsync(NetworkBody body, CancellationToken cancellationToken) => ChangeAsync($"create network {body.Name}", () =>
    {
        if (_networks.ContainsKey(body.Name))
            throw new DockerException(DockerFailure.Conflict, $"network with name {body.Name} already exists");
        var subnet = IPNetwork.Parse(body.IPAM.Config![0].Subnet);
        if (_networks.Values.SelectMany(network => network.Subnets).Select(text => IPNetwork.Parse(text)).Any(other => other.Contains(subnet.BaseAddress) || subnet.Contains(other.BaseAddress)))
            throw new DockerException(DockerFailure.Refused, "Pool overlaps with other one on this address space");
        if (HiddenSubnets.Any(other => other.Contains(subnet.BaseAddress) || subnet.Contains(other.BaseAddress)))
            throw new DockerException(DockerFailure.Refused, $"cannot create network {body.Name}: conflicts with network bc69fa18f3a0 (br-bc69fa18f3a0): networks have overlapping IPv4");
        _networks.Add(body.Name, new NetworkInspection(Guid.NewGuid().ToString("N"), body.Name, body.Labels, body.IPAM));
        return true;
    });

    Task<bool> IDockerNetworks.RemoveAsync(string name, CancellationToken cancellationToken) => ChangeAsync($"remove network {name}", () =>
    {
        if (_containers.Values.Any(container => container.State.Running && container.Body.HostConfig.NetworkMode == name))
            throw new DockerException(DockerFailure.Refused, $"error while removing network: network {name} has active endpoints");
        return _networks.Remove(name);
    });

    Task<IReadOnlyList<VolumeInspection>> IDockerVolumes.ListAsync(string label, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<VolumeInspection>>(() => [.. _volumes.Values.Where(volume => HasLabel(volume.Labels, label))]);

    Task<VolumeInspection?> IDockerVolumes.FindAsync(string name, CancellationToken cancellationToken) => RunAsync(() => _volumes.GetValueOrDefault(name));

    /// <inheritdoc/>
    public Task CreateAsync(VolumeBody body, CancellationToken cancellationToken) => ChangeAsync(
        $"create volume {body.Name}", () => _volumes.TryAdd(body.Name, new VolumeInspection(body.Name, body.Driver, _timeProvider.GetUtcNow(), body.Labels)));

    Task<bool> IDockerVolumes.RemoveAsync(string name, CancellationToken cancellationToken) => ChangeAsync($"remove volume {name}", () =>
    {
        if (_containers.Values.Any(container => container.Body.HostConfig.Mounts?.Any(mount => mount.Source == name) == true))
            throw new DockerException(DockerFailure.Conflict, $"remove {name}: volume is in use");
        EmptyVolume(name);
        return _volumes.Remove(name);
    });

    Task<ImageInspection?> IDockerImages.FindAsync(string reference, CancellationToken cancellationToken) => RunAsync(() => _images.GetValueOrDefault(reference));

    /// <inheritdoc/>
    public async Task LoadAsync(Stream archive, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        await archive.CopyToAsync(content, cancellationToken);
        content.Position = 0;
        await ChangeAsync("load", () => true);
        try
        {
            foreach (var (reference, label, configDigest) in SavedImage.Read(content))
                AddImage(reference, label, configDigest);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or KeyNotFoundException)
        {
            throw new DockerException(DockerFailure.Refused, $"The image archive could not be loaded: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public Task<IAsyncEnumerable<DockerEvent>> SubscribeAsync(string label, DateTimeOffset since, CancellationToken cancellationToken) => RunAsync(() =>
    {
        var channel = Channel.CreateUnbounded<DockerEvent>();
        _subscribers.Add(channel);
        return ReadAsync(channel.Reader, label, cancellationToken);
    });

    /// <inheritdoc/>
    public async Task PutAsync(string container, string directory, Stream tar, CancellationToken cancellationToken)
    {
        if (ArchiveFailures.TryDequeue(out var failure))
            throw failure;
        var mount = await ChangeAsync($"put {container}", () => Mount(Require(container), directory))
            ?? throw new DockerException(DockerFailure.NotFound, $"Could not find the file {directory} in container {container}");
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync(copyData: true, cancellationToken) is { } entry)
            if (entry.EntryType == TarEntryType.RegularFile)
                _files[(mount.Source, entry.Name)] = Content(entry);
    }

    /// <summary>Puts a file into a volume, as what runs in a container does.</summary>
    public void WriteFile(string volume, string path, byte[] content) => _files[(volume, path)] = content;

    /// <summary>Takes everything out of a volume, as a person does.</summary>
    public void EmptyVolume(string volume)
    {
        foreach (var key in _files.Keys.Where(key => key.Volume == volume))
            _files.TryRemove(key, out _);
    }

    /// <inheritdoc/>
    public async Task<bool> HasDataAsync(string container, string path, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        var found = await RunAsync(() => Require(container).Body.HostConfig.Mounts?.FirstOrDefault(mount => path.StartsWith(mount.Target + "/", StringComparison.Ordinal)));
        if (found is null)
            return false;
        var (start, ending) = path[(found.Target.Length + 1)..].Split('*') is [var directory, var last] ? (directory, last) : (path[(found.Target.Length + 1)..], null);
        return _files.Any(file => file.Key.Volume == found.Source && file.Value.Length > 0
            && (ending is null ? file.Key.Path == start : file.Key.Path.StartsWith(start, StringComparison.Ordinal) && file.Key.Path.EndsWith(ending, StringComparison.Ordinal)));
    }

    /// <inheritdoc/>
    public async Task<Stream?> GetAsync(string container, string path, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        if (LookFailures.TryDequeue(out var failure))
            throw failure;
        var found = await RunAsync(() => Require(container).Body.HostConfig.Mounts?.FirstOrDefault(mount => $"{path}/".StartsWith($"{mount.Target}/", StringComparison.Ordinal)));
        if (found is null)
            return null;
        // The names of what is in a directory begin with the directory's.
        var files = path == found.Target
            ? _files.Where(file => file.Key.Volume == found.Source).Select(file => ($"{Path.GetFileName(path)}/{file.Key.Path}", file.Value)).ToList()
            : _files.Where(file => file.Key == (found.Source, path[(found.Target.Length + 1)..])).Select(file => (Path.GetFileName(path), file.Value)).ToList();
        if (files.Count == 0 && path != found.Target)
            return null;
        var stream = new MemoryStream();
        await using (var writer = new TarWriter(stream, leaveOpen: true))
            foreach (var (name, content) in files)
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) }, cancellationToken);
        stream.Position = 0;
        return stream;
    }

    private static MountBody? Mount(FakeContainer container, string directory) => container.Body.HostConfig.Mounts?.FirstOrDefault(mount => mount.Target == directory);

    private static byte[] Content(TarEntry entry)
    {
        var copy = new MemoryStream();
        entry.DataStream?.CopyTo(copy);
        return copy.ToArray();
    }

    private static async IAsyncEnumerable<DockerEvent> ReadAsync(
        ChannelReader<DockerEvent> reader, string label, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var occurred in reader.ReadAllAsync(cancellationToken))
            if (HasLabel(occurred.Actor.Attributes, label))
                yield return occurred;
    }
}
