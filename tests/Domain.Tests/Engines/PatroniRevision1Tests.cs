using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Tests.Engines;

/// <summary>
/// What the first templates make, word for word. "Nothing restarts a database because the controller changed" rests on it: a change of any of these files is a new revision.
/// </summary>
public sealed class PatroniRevision1Tests
{
    [Theory]
    [InlineData("three-nodes", 3, 3, false)]
    [InlineData("one-node", 1, 3, false)]
    [InlineData("ipv6", 3, 3, true)]
    public void Build_Cluster_IsAsReleased(string folder, int nodeCount, int hostCount, bool isIpv6)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var blueprint in Revisions.Build(Blueprints.Input(nodeCount, hostCount, isIpv6)))
        {
            files[$"{blueprint.Instance.Member}.container"] = BlueprintText.Of(blueprint);
            foreach (var file in blueprint.Files)
                files[Path.Combine(blueprint.Instance.Member, file.Path)] = file.Content;
        }

        GoldenFiles.Verify(Path.Combine("patroni-1", folder), files);
    }

    [Fact]
    public void Build_Twice_SameHashes()
    {
        var hashes = Revisions.Build(Blueprints.Input()).Select(blueprint => blueprint.ConfigHash).ToList();

        Assert.Equal(hashes, Revisions.Build(Blueprints.Input()).Select(blueprint => blueprint.ConfigHash));
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Fact]
    public void Build_Container_HoldsNoSecret()
    {
        foreach (var blueprint in Revisions.Build(Blueprints.Input()))
        {
            Assert.DoesNotContain(Blueprints.Canary, JsonSerializer.Serialize(blueprint.Container), StringComparison.Ordinal);
            Assert.DoesNotContain(Blueprints.Canary, blueprint.ToString(), StringComparison.Ordinal);
            Assert.Contains(blueprint.Files, file => file.Content.Contains(Blueprints.Canary, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void ToString_Secrets_ShowNothing()
    {
        var input = Blueprints.Input();

        Assert.Equal("ClusterSecrets", input.Secrets.ToString());
        Assert.Equal("InstanceTls", input.Secrets.Tls.Values.First().ToString());
        Assert.Equal("KeyPair", input.Secrets.Tls.Values.First().Server.ToString());
        Assert.Equal("ConfigFile { Path = a }", new ConfigFile("a", Blueprints.Canary, 0, 0).ToString());
        Assert.DoesNotContain(Blueprints.Canary, input.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Files_AreTheOwnersAlone() =>
        Assert.All(Revisions.Build(Blueprints.Input()).SelectMany(blueprint => blueprint.Files), file => Assert.Equal(file.Path == "pg_isready" ? "700" : "600", Convert.ToString(file.Mode, 8)));

    [Fact]
    public void Build_Ports_AreNeverOnAWildcard() => Assert.All(
        Revisions.Build(Blueprints.Input()).SelectMany(blueprint => blueprint.Container.Ports), port => Assert.False(port.Address is "0.0.0.0" or "::" or ""));

    [Theory]
    [InlineData(Durability.Async, "\"synchronous_mode\": false", "\"synchronous_mode_strict\": false")]
    [InlineData(Durability.Sync, "\"synchronous_mode\": true", "\"synchronous_mode_strict\": false")]
    [InlineData(Durability.Quorum, "\"synchronous_mode\": \"quorum\"", "\"synchronous_mode_strict\": false")]
    [InlineData(Durability.Strict, "\"synchronous_mode\": \"quorum\"", "\"synchronous_mode_strict\": true")]
    public void Build_Durability_IsPatronisSynchronousMode(Durability durability, string mode, string strict)
    {
        var input = Blueprints.Input();
        input = input with { Cluster = input.Cluster with { Effective = input.Cluster.Effective with { Durability = durability } } };

        var patroni = Revisions.Build(input)[0].Files.Single(file => file.Path == "patroni.yml").Content;

        Assert.Contains(mode, patroni, StringComparison.Ordinal);
        Assert.Contains(strict, patroni, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 30, "102MB", "204MB", "16MB")]
    [InlineData(10L << 30, "1024MB", "2048MB", "128MB")]
    [InlineData(4096L << 30, "16384MB", "65536MB", "1024MB")]
    public void Build_Disk_BoundsWal(long diskBytes, string max, string slots, string kept)
    {
        var input = Blueprints.Input();
        input = input with { Cluster = input.Cluster with { Effective = input.Cluster.Effective with { DiskBytes = diskBytes } } };

        var patroni = JsonNode.Parse(Revisions.Build(input)[0].Files.Single(file => file.Path == "patroni.yml").Content)!;

        var parameters = patroni["bootstrap"]!["dcs"]!["postgresql"]!["parameters"]!;
        Assert.Equal((max, slots, kept), ((string?)parameters["max_wal_size"], (string?)parameters["max_slot_wal_keep_size"], (string?)parameters["wal_keep_size"]));
    }

    [Fact]
    public void Patroni_OfANodeThatIsNotTheFirst_HasNoOrdersToBeginData()
    {
        var nodes = Revisions.Build(Blueprints.Input()).Where(blueprint => blueprint.Instance.Kind == InstanceKind.Postgres)
            .Select(blueprint => (blueprint.Instance.Member, Orders: JsonNode.Parse(blueprint.Files.Single(file => file.Path == "patroni.yml").Content)!["bootstrap"] is not null));

        Assert.Equal([("demo-1", true), ("demo-2", false), ("demo-3", false)], nodes);
    }

    [Fact]
    public void Build_Authorities_AreEachWhereTheyAreBelievedAlone()
    {
        var files = Revisions.Build(Blueprints.Input()).ToLookup(blueprint => blueprint.Instance.Kind, blueprint => blueprint.Files.Select(file => file.Path).Order(StringComparer.Ordinal));

        Assert.All(files[InstanceKind.Haproxy], names => Assert.Equal(["ca.crt", "haproxy.cfg", "server.pem", "servers.state"], names));
        Assert.All(files[InstanceKind.Etcd], names => Assert.Equal(
            ["ca.crt", "client-ca.crt", "client.crt", "client.key", "first-start", "peer-ca.crt", "peer.crt", "peer.key", "server.crt", "server.key"], names));
        Assert.All(files[InstanceKind.Postgres], names => Assert.Equal(
            ["archive.command", "ca.crt", "client-ca.crt", "client.crt", "client.key", "patroni.yml", "pg_isready", "server.crt", "server.key"], names));
    }

    [Fact]
    public void Build_MemberOfAnActiveCluster_JoinsWhatIsThere_AndNothingElseDiffers()
    {
        var input = Blueprints.Input();
        var founding = Revisions.Build(input);

        var joining = Revisions.Build(input with { Cluster = input.Cluster with { Lifecycle = ClusterLifecycle.Active } });

        Assert.All(founding.Zip(joining), pair => Assert.Equal((pair.First.ConfigHash, string.Join(' ', pair.First.Container.Command)), (pair.Second.ConfigHash, string.Join(' ', pair.Second.Container.Command))));
        string FirstStart(IEnumerable<InstanceBlueprint> blueprints) => blueprints.First(blueprint => blueprint.Instance.Kind == InstanceKind.Etcd).Files.Single(file => file.Path == "first-start").Content;
        Assert.EndsWith(" --initial-cluster-state=new\n", FirstStart(founding), StringComparison.Ordinal);
        Assert.Equal(FirstStart(founding).Replace("=new", "=existing", StringComparison.Ordinal), FirstStart(joining));
    }

    [Fact]
    public void Build_WithoutAClientCertificate_Throws()
    {
        var input = Blueprints.Input();
        var tls = input.Secrets.Tls.ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { Client = null });

        Assert.Throws<InvalidOperationException>(() => Revisions.Build(input with { Secrets = input.Secrets with { Tls = tls } }));
    }

    [Fact]
    public void Build_ArchiveCommand_IsOffAndLeftAloneOnceItIsThere()
    {
        var files = Revisions.Build(Blueprints.Input())[0].Files;

        Assert.Equal(new ConfigFile("archive.command", "off\n", 0x180, 800, KeepExisting: true), Assert.Single(files, file => file.Path == "archive.command"));
        Assert.Single(files, file => file.KeepExisting);
    }

    [Fact]
    public void ConfigHash_ContentOfAFileThatIsKept_MakesNoDifference()
    {
        var blueprint = Revisions.Build(Blueprints.Input())[0];
        var kept = blueprint.Files.Single(file => file.KeepExisting);

        var changed = blueprint with { Files = blueprint.Files.Replace(kept, kept with { Content = "cp \"$1\" /archive\n" }) };

        Assert.Equal(blueprint.ConfigHash, changed.ConfigHash);
    }

    [Fact]
    public void ConfigHash_AnyPartOfAFileDiffers_AnotherHash()
    {
        var blueprint = Revisions.Build(Blueprints.Input())[0];
        var first = blueprint.Files[0];
        ConfigFile[] changes = [first with { Content = "other" }, first with { Path = "other" }, first with { Mode = 0 }, first with { Owner = 0 }];

        var hashes = changes.Select(file => (blueprint with { Files = blueprint.Files.SetItem(0, file) }).ConfigHash).Append(blueprint.ConfigHash);

        Assert.Equal(5, hashes.Distinct().Count());
    }

    [Fact]
    public void ConfigHash_FilesInAnotherOrder_SameHash()
    {
        var blueprint = Revisions.Build(Blueprints.Input())[0];

        Assert.Equal(blueprint.ConfigHash, new InstanceBlueprint(blueprint.Instance, blueprint.Container, [.. blueprint.Files.Reverse()]).ConfigHash);
    }

    [Fact]
    public void Build_UnknownRevision_IsRefusedWithWhatToDo()
    {
        var input = Blueprints.Input();

        var exception = Assert.Throws<NotSupportedException>(() => Revisions.Build(input with { Cluster = input.Cluster with { Revision = "patroni-99" } }));

        Assert.Contains("patroni-99", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ImageSetWithoutAKind_Throws()
    {
        var input = Blueprints.Input();

        Assert.Throws<InvalidOperationException>(() => Revisions.Build(input with { Images = new ImageSet("empty", ImmutableArray<ImageSetImage>.Empty) }));
    }
}
