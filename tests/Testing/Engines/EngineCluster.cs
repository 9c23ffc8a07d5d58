using Agents.Domain.Kinds;
using Agents.Words;


namespace Agents.Testing.Engines;

/// <summary>
/// The containers of one cluster, with one authority and TLS everywhere. What was made is removed even when making it failed half-way.
/// </summary>
internal sealed class EngineCluster : IAsyncDisposable
{
    private const int PostgresUser = 800;
    private const int EtcdUser = 801;
    private readonly List<EngineContainer> _containers = [];

    private EngineCluster(EngineNetwork network) => Network = network;

    /// <summary>The network.</summary>
    public EngineNetwork Network { get; }

    /// <summary>The authority of all certificates.</summary>
    public TestAuthority Authority { get; } = new();

    /// <summary>The etcd members.</summary>
    public IReadOnlyList<EngineContainer> Etcd { get; private set; } = [];

    /// <summary>The PostgreSQL nodes.</summary>
    public IReadOnlyList<EngineContainer> Nodes { get; private set; } = [];

    /// <summary>Makes the network; nothing runs yet.</summary>
    public static async Task<EngineCluster> CreateAsync()
    {
        await EngineImages.EnsureAsync();
        return new EngineCluster(await EngineNetwork.CreateAsync());
    }

    /// <summary>Starts etcd members.</summary>
    public async Task StartEtcdAsync(int members)
    {
        Etcd = [.. Enumerable.Range(1, members).Select(number => Container(InstanceKinds.Etcd, $"etcd-{number}", EngineImages.Etcd, EtcdUser, PortNames.EtcdClient, KindProfile.EtcdPeerPort))];
        foreach (var member in Etcd)
            await member.StartAsync(Network, "/var/lib/etcd", Files(), [], EtcdTemplate.Command(Network.Address, Etcd, member));
    }

    /// <summary>Makes a further etcd member, which is not started yet.</summary>
    public EngineContainer NewEtcd() => Container(InstanceKinds.Etcd, $"etcd-{Etcd.Count + 1}", EngineImages.Etcd, EtcdUser, PortNames.EtcdClient, KindProfile.EtcdPeerPort);

    /// <summary>Starts an etcd member that was added to those that are there.</summary>
    public Task JoinEtcdAsync(EngineContainer member)
    {
        Etcd = [.. Etcd, member];
        return member.StartAsync(Network, "/var/lib/etcd", Files(), [], EtcdTemplate.Command(Network.Address, Etcd, member, joins: true));
    }

    /// <summary>Starts PostgreSQL nodes on the etcd members.</summary>
    public async Task StartNodesAsync(int nodes)
    {
        Nodes = [.. Enumerable.Range(1, nodes).Select(number => Container(InstanceKinds.Postgres, $"demo-{number}", EngineImages.Postgres, PostgresUser, PortNames.Postgres, PortNames.PatroniRest))];
        foreach (var node in Nodes)
        {
            var configuration = KeyValuePair.Create("patroni.yml", PatroniTemplate.Of(Network.Address, Etcd, node));
            string[] options = ["--init", "--shm-size", "128m", "--tmpfs", $"/run/postgresql:size=16m,uid={PostgresUser},gid={PostgresUser},mode=2775"];
            await node.StartAsync(Network, "/var/lib/postgresql", [.. Files(), configuration], options, ["patroni", "/etc/agents/patroni.yml"]);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers)
            await container.RemoveAsync();
        await Network.RemoveAsync();
        Authority.Dispose();
    }

    private EngineContainer Container(string kind, string member, string image, int user, params IEnumerable<string> ports)
    {
        var container = new EngineContainer(Guid.NewGuid().ToString(), kind, member, image, user, Network.FreePorts(ports));
        _containers.Add(container);
        return container;
    }

    private IEnumerable<KeyValuePair<string, string>> Files()
    {
        var server = Authority.IssueServer(Network.Address);
        var client = Authority.IssueClient();
        yield return KeyValuePair.Create(ConfigPaths.CaCertificate, Authority.Pem);
        yield return KeyValuePair.Create("server.crt", server.Certificate);
        yield return KeyValuePair.Create("server.key", server.Key);
        yield return KeyValuePair.Create(ConfigPaths.ClientCertificate, client.Certificate);
        yield return KeyValuePair.Create(ConfigPaths.ClientKey, client.Key);
    }
}
