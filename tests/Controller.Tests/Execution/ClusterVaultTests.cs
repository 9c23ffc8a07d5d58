using System.Security.Cryptography.X509Certificates;
using Agents.Controller.Execution;
using Agents.Controller.Secrets;
using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Stores;

namespace Agents.Controller.Tests.Execution;

/// <summary>A cluster's certificates: each is good for one thing alone, and names what its server is reached as.</summary>
public sealed class ClusterVaultTests
{
    private static readonly Cluster _cluster = A.Cluster();
    private static readonly Instance _node = A.Instance(_cluster, A.Host(1), InstanceKind.Postgres, 1);
    private static readonly Instance _etcd = A.Instance(_cluster, A.Host(1), InstanceKind.Etcd, 2);
    private static readonly Instance _proxy = A.Instance(_cluster, A.Host(2), InstanceKind.Haproxy, 3) with { Member = "demo1-proxy-3", ClientAddress = "192.0.2.2" };

    [Fact]
    public async Task Authorities_BelieveTheirOwnAlone()
    {
        var secrets = await SecretsAsync();
        var pairs = new Dictionary<string, KeyPair?>
        {
            ["node server"] = secrets.Tls[_node.Id].Server,
            ["node client"] = secrets.Tls[_node.Id].Client,
            ["etcd server"] = secrets.Tls[_etcd.Id].Server,
            ["etcd client"] = secrets.Tls[_etcd.Id].Client,
            ["etcd peer"] = secrets.Tls[_etcd.Id].Peer,
            ["proxy server"] = secrets.Tls[_proxy.Id].Server,
        };

        IEnumerable<string> BelievedBy(string authority) => pairs.Where(pair => IsBelieved(authority, pair.Value!)).Select(pair => pair.Key);

        Assert.Equal(["node server", "etcd server", "proxy server"], BelievedBy(secrets.ServerAuthority));
        Assert.Equal(["node client", "etcd client"], BelievedBy(secrets.ClientAuthority));
        Assert.Equal(["etcd peer"], BelievedBy(secrets.PeerAuthority));
    }

    [Fact]
    public async Task Proxy_HasNothingButItsServingCertificate()
    {
        var secrets = await SecretsAsync();

        Assert.Equal((null, null), (secrets.Tls[_proxy.Id].Client, secrets.Tls[_proxy.Id].Peer));
        Assert.Null(secrets.Tls[_node.Id].Peer);
    }

    [Fact]
    public async Task Usages_AreTheOnesThatAreNeeded()
    {
        var secrets = await SecretsAsync();

        Assert.Equal(["1.3.6.1.5.5.7.3.1"], UsagesOf(secrets.Tls[_proxy.Id].Server));
        Assert.Equal(["1.3.6.1.5.5.7.3.1"], UsagesOf(secrets.Tls[_node.Id].Server));
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], UsagesOf(secrets.Tls[_node.Id].Client!));
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], UsagesOf(secrets.Tls[_etcd.Id].Peer!));
    }

    [Fact]
    public async Task Node_NamesItselfAndTheProxiesThatLeadToIt()
    {
        var secrets = await SecretsAsync();

        var (names, addresses) = NamesOf(secrets.Tls[_node.Id].Server);

        Assert.Equal(["demo1-1", "demo1-proxy-3", "h1", "h2", "localhost"], names);
        Assert.Equal(["10.0.0.1", "10.0.0.2", "127.0.0.1", "192.0.2.2"], addresses);
    }

    [Fact]
    public async Task ProxyAndEtcd_NameThemselvesAlone()
    {
        var secrets = await SecretsAsync();

        Assert.Equal(["10.0.0.2", "127.0.0.1", "192.0.2.2"], NamesOf(secrets.Tls[_proxy.Id].Server).Addresses);
        Assert.Equal(["10.0.0.1", "127.0.0.1"], NamesOf(secrets.Tls[_etcd.Id].Peer!).Addresses);
    }

    [Fact]
    public async Task Proxy_OnAHostThatTookTheNameOfANode_DoesNotNameThatNode()
    {
        var (vault, _) = await VaultAsync(A.Host(2) with { Name = _node.Member });

        var secrets = await vault.OpenAsync(_cluster, [_node, _etcd, _proxy], CancellationToken.None);

        Assert.Equal([_proxy.Member], NamesOf(secrets.Tls[_proxy.Id].Server).Names);
        Assert.Equal(["demo1-1", "demo1-proxy-3", "h1", "localhost"], NamesOf(secrets.Tls[_node.Id].Server).Names);
    }

    [Fact]
    public async Task Prepare_Twice_KeepsEverything()
    {
        var (vault, _) = await VaultAsync();
        var first = await vault.OpenAsync(_cluster, [_node, _etcd, _proxy], CancellationToken.None);

        await vault.PrepareAsync(_cluster, [_node, _etcd, _proxy], CancellationToken.None);

        var second = await vault.OpenAsync(_cluster, [_node, _etcd, _proxy], CancellationToken.None);
        Assert.Equal(first.Tls, second.Tls);
        Assert.Equal((first.ClientAuthority, first.ReplicationPassword), (second.ClientAuthority, second.ReplicationPassword));
    }

    private static async Task<ClusterSecrets> SecretsAsync() => await (await VaultAsync()).Vault.OpenAsync(_cluster, [_node, _etcd, _proxy], CancellationToken.None);

    private static async Task<(ClusterVault Vault, InMemoryStore Store)> VaultAsync(Host? second = null)
    {
        var store = new InMemoryStore();
        await store.WriteAsync(
            writer =>
            {
                writer.AddHost(A.Host(1));
                writer.AddHost(second ?? A.Host(2));
                writer.AddCluster(_cluster);
                return true;
            },
            CancellationToken.None);
        var vault = new ClusterVault(store, new SecretBox([new SecretKey(new byte[SecretKey.Bytes])]), TimeProvider.System);
        await vault.PrepareAsync(_cluster, [_node, _etcd, _proxy], CancellationToken.None);
        return (vault, store);
    }

    private static bool IsBelieved(string authority, KeyPair pair)
    {
        using var root = X509Certificate2.CreateFromPem(authority);
        using var certificate = X509Certificate2.CreateFromPem(pair.Certificate);
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        };
        return chain.Build(certificate);
    }

    private static IEnumerable<string?> UsagesOf(KeyPair pair)
    {
        using var certificate = X509Certificate2.CreateFromPem(pair.Certificate);
        return [.. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Select(usage => usage.Value)];
    }

    private static (IEnumerable<string> Names, IEnumerable<string> Addresses) NamesOf(KeyPair pair)
    {
        using var certificate = X509Certificate2.CreateFromPem(pair.Certificate);
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        return (names.EnumerateDnsNames().Order(StringComparer.Ordinal).ToList(), names.EnumerateIPAddresses().Select(address => address.ToString()).Order(StringComparer.Ordinal).ToList());
    }
}
