using System.Collections.Immutable;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Words;

namespace Agents.Domain.Engines.Patroni;

/// <summary>
/// The first templates of a Patroni cluster: etcd members, nodes and proxies, all with TLS and certificates of the cluster's own authorities. Released: never change what it makes,
/// add a revision.
/// </summary>
internal static class PatroniRevision1
{
    /// <summary>The revision's name.</summary>
    public const string Name = "patroni-1";

    private const long Mebibyte = 1024 * 1024;

    /// <summary>Makes the blueprints of all instances.</summary>
    public static ImmutableArray<InstanceBlueprint> Build(ClusterBlueprintInput input) => [.. input.Instances.Select(instance => Build(input, instance))];

    private static InstanceBlueprint Build(ClusterBlueprintInput input, Instance instance) => instance.Kind switch
    {
        InstanceKind.Etcd => Etcd(input, instance),
        InstanceKind.Postgres => Node(input, instance),
        InstanceKind.Haproxy => Proxy(input, instance),
    };

    private static InstanceBlueprint Etcd(ClusterBlueprintInput input, Instance instance)
    {
        var container = Container(input, instance) with
        {
            Command = EtcdCommand.Of(input, instance),
            Mounts = Mounts(instance, "/var/lib/etcd"),
        };
        return new InstanceBlueprint(
            instance,
            container,
            [
                .. TlsFiles(input, instance, KindProfile.Etcd.User),
                new ConfigFile("peer-ca.crt", input.Secrets.PeerAuthority, Modes.Private, KindProfile.Etcd.User),
                .. Pair("peer", input.Secrets.Tls[instance.Id].Peer, KindProfile.Etcd.User),
                // The others may change; that is no change of this member's configuration.
                new ConfigFile(EtcdCommand.FirstStartFile, EtcdCommand.FirstStart(input), Modes.Private, KindProfile.Etcd.User, KeepExisting: true),
            ]);
    }

    private static InstanceBlueprint Node(ClusterBlueprintInput input, Instance instance)
    {
        var spec = input.Cluster.Effective;
        var container = Container(input, instance) with
        {
            Command = ["patroni", $"{Paths.Config}/patroni.yml"],
            Mounts = Mounts(instance, "/var/lib/postgresql"),
            TmpfsBytes = Tmpfs(("/run/postgresql", 16 * Mebibyte), ("/tmp", 64 * Mebibyte)),
            ShmBytes = Math.Max(64 * Mebibyte, spec.MemoryBytes / 4),
            CpuMilli = spec.CpuMilli,
        };
        return new InstanceBlueprint(
            instance,
            container,
            [
                .. TlsFiles(input, instance, KindProfile.Postgres.User),
                new ConfigFile("patroni.yml", PatroniConfig.Of(input, instance), Modes.Private, KindProfile.Postgres.User),
                new ConfigFile(ReadyCheck.File, ReadyCheck.Of(Paths.Binaries(spec)), Modes.Program, KindProfile.Postgres.User),
                // Nothing is archived until somebody says where to. From then on the file is theirs.
                new ConfigFile("archive.command", "off\n", Modes.Private, KindProfile.Postgres.User, KeepExisting: true),
            ]);
    }

    private static InstanceBlueprint Proxy(ClusterBlueprintInput input, Instance instance)
    {
        var tls = input.Secrets.Tls[instance.Id].Server;
        var container = Container(input, instance) with
        {
            Command = ["haproxy", "-W", "-db", "-f", $"{Paths.Config}/haproxy.cfg"],
            Mounts = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create(instance.ConfigVolume, Paths.Config)]),
            TmpfsBytes = Tmpfs((HaproxyConfig.RuntimeDirectory, Mebibyte), ("/tmp", 16 * Mebibyte)),
        };
        return new InstanceBlueprint(
            instance,
            container,
            [
                new ConfigFile("ca.crt", input.Secrets.ServerAuthority, Modes.Private, KindProfile.Haproxy.User),
                new ConfigFile("server.pem", tls.Certificate + tls.Key, Modes.Private, KindProfile.Haproxy.User),
                new ConfigFile("haproxy.cfg", HaproxyConfig.Of(input, instance), Modes.Private, KindProfile.Haproxy.User),
                new ConfigFile(HaproxyConfig.StateFile, HaproxyConfig.StateOf(input), Modes.Private, KindProfile.Haproxy.User),
            ]);
    }

    private static ContainerBlueprint Container(ClusterBlueprintInput input, Instance instance)
    {
        var image = input.Images.Find(instance.Kind)
            ?? throw new InvalidOperationException($"image set {input.Images.Version} has no image for {instance.Kind}");
        return new ContainerBlueprint
        {
            Name = instance.ContainerName,
            Image = image.Reference,
            ImageLabel = image.Label,
            Command = [],
            User = instance.Profile.User,
            Labels = ObjectNames.LabelsOf(input.StoreId, instance).Add(ObjectLabels.Image, image.Label),
            Network = ObjectNames.NetworkOf(instance.Owner),
            Ports = [.. instance.Ports.Select(port => new PublishedPort(port.Key, instance.AddressOf(port.Key), port.Value))],
            Mounts = ImmutableSortedDictionary<string, string>.Empty,
            TmpfsBytes = Tmpfs(("/tmp", 16 * Mebibyte)),
            ShmBytes = 0,
            MemoryBytes = input.Cluster.Effective.MemoryOf(instance.Profile),
            CpuMilli = 0,
            RestartedByDocker = !instance.Profile.HoldsData,
            StopTimeout = instance.Profile.StopTimeout,
        };
    }

    private static ImmutableSortedDictionary<string, string> Mounts(Instance instance, string dataPath) => ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal, [KeyValuePair.Create(instance.DataVolume, dataPath), KeyValuePair.Create(instance.ConfigVolume, Paths.Config)]);

    private static ImmutableSortedDictionary<string, long> Tmpfs(params IEnumerable<(string Path, long Bytes)> directories) =>
        directories.ToImmutableSortedDictionary(directory => directory.Path, directory => directory.Bytes, StringComparer.Ordinal);

    private static IEnumerable<ConfigFile> TlsFiles(ClusterBlueprintInput input, Instance instance, int owner)
    {
        var tls = input.Secrets.Tls[instance.Id];
        return
        [
            new ConfigFile("ca.crt", input.Secrets.ServerAuthority, Modes.Private, owner),
            new ConfigFile("client-ca.crt", input.Secrets.ClientAuthority, Modes.Private, owner),
            .. Pair("server", tls.Server, owner),
            .. Pair("client", tls.Client, owner),
        ];
    }

    private static IEnumerable<ConfigFile> Pair(string name, KeyPair? pair, int owner)
    {
        if (pair is null)
            throw new InvalidOperationException($"there is no {name} certificate for an instance that needs one");
        yield return new ConfigFile($"{name}.crt", pair.Certificate, Modes.Private, owner);
        yield return new ConfigFile($"{name}.key", pair.Key, Modes.Private, owner);
    }
}
