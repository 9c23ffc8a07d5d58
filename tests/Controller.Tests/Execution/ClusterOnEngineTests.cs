using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Agents.Controller.Execution;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;

namespace Agents.Controller.Tests.Execution;

/// <summary>What is inside a cluster, tried on a real one: who believes whom, what a client meets at the proxy, and what the owner of a database can do with it.</summary>
[Trait("Category", "Engine")]
public sealed class ClusterOnEngineTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private Instance Node => cluster.The(InstanceKind.Postgres);

    private Instance Etcd => cluster.The(InstanceKind.Etcd);

    private Instance Proxy => cluster.The(InstanceKind.Haproxy);

    private string Uri(string mode = "require") => ConnectionStrings
        .Uri(cluster.Cluster.Effective, [new Endpoint("read_write", Proxy.ClientAddress, Proxy.Ports["read_write"])], cluster.Password)
        .Replace("sslmode=require", mode == "require" ? "sslmode=require" : $"sslmode={mode}&sslrootcert=/files/ca.crt", StringComparison.Ordinal);

    [Fact]
    public async Task ClientsKey_OfANode_IsBelievedByEtcdAndPatroni()
    {
        var client = cluster.Secrets.Tls[Node.Id].Client!;

        Assert.Equal(HttpStatusCode.OK, await RangeAsync(client, "client"));
        Assert.Equal(HttpStatusCode.OK, await PatchAsync(client));
    }

    [Fact]
    public async Task ProxysKey_OpensNothing()
    {
        var proxy = cluster.Secrets.Tls[Proxy.Id].Server;

        Assert.Null(await RangeAsync(proxy, "client"));
        Assert.Null(await RangeAsync(proxy, "peer"));
        Assert.Null(await PatchAsync(proxy));
    }

    [Fact]
    public async Task ServersKey_OfANode_OpensNothing()
    {
        var server = cluster.Secrets.Tls[Node.Id].Server;

        Assert.Null(await RangeAsync(server, "client"));
        Assert.Null(await PatchAsync(server));
    }

    [Fact]
    public async Task ClientsKey_IsNoPeersKey() => Assert.Null(await RangeAsync(cluster.Secrets.Tls[Etcd.Id].Client!, "peer"));

    [Fact]
    public async Task Patroni_WithoutACertificate_ChangesNothing() => Assert.Equal(HttpStatusCode.Forbidden, await PatchAsync(null));

    [Fact]
    public async Task VerifyFull_ThroughTheProxy_NeedsTheOneFileAlone()
    {
        Assert.Equal("seller", await cluster.ClientAsync($"psql -XAtq '{Uri("verify-full")}' -c 'select current_user'"));
        Assert.Equal("seller", await cluster.ClientAsync(
            $"PGPASSWORD={cluster.Password} psql -XAtq 'host={Proxy.Member} hostaddr={Proxy.ClientAddress} port={Proxy.Ports["read_write"]} user=seller dbname=shop sslmode=verify-full sslrootcert=/files/ca.crt' -c 'select current_user'"));
    }

    [Fact]
    public void Proxy_BeforeTheClusterIsOpen_LetsNobodyIn() => Assert.Contains("FATAL:  ", cluster.BeforeOpen, StringComparison.Ordinal);

    [Fact]
    public async Task PgDump_RestoredByTheOwner_IsWithoutErrors()
    {
        var output = await cluster.ClientAsync(
            $"psql -XAtq '{Uri()}' -c 'create table goods (id int primary key, name text); insert into goods values (1, $$bread$$)'; "
            + $"pg_dump -Fc -d '{Uri()}' >/tmp/dump; pg_restore --clean --if-exists --exit-on-error -d '{Uri()}' /tmp/dump 2>&1; psql -XAtq '{Uri()}' -c 'select name from goods'");

        Assert.Equal("bread", output);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("template1")]
    public async Task SystemsDatabases_AreClosedToTheOwner(string database)
    {
        Assert.Equal("f", await ClusterFixture.SqlAsync(Node, $"select has_database_privilege('seller', '{database}', 'connect')"));
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.ClientAsync($"psql -X '{Uri().Replace("/shop?", $"/{database}?", StringComparison.Ordinal)}' -c 'select 1'"));
        Assert.Contains("pg_hba.conf rejects connection", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("agents_replicator")]
    [InlineData("agents_rewind")]
    public async Task SystemsRoles_CannotComeInAsAnApplication(string role)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.ClientAsync(
            $"psql -X 'host={Proxy.ClientAddress} port={Proxy.Ports["read_write"]} user={role} password=x dbname=shop sslmode=require' -c 'select 1'"));
        Assert.Contains("pg_hba.conf rejects connection", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_AreInForce()
    {
        Assert.Equal("0", await ClusterFixture.SqlAsync(Node, "select count(*) from pg_hba_file_rules where error is not null"));
        Assert.Equal(
            "client_connection_check_interval=10000 max_slot_wal_keep_size=204 max_wal_size=102 tcp_keepalives_idle=60 tcp_user_timeout=60000 wal_keep_size=16",
            await ClusterFixture.SqlAsync(
                Node,
                "set tcp_user_timeout to default; select string_agg(name || '=' || reset_val, ' ' order by name) from pg_settings where name in "
                + "('max_wal_size', 'max_slot_wal_keep_size', 'wal_keep_size', 'tcp_keepalives_idle', 'tcp_user_timeout', 'client_connection_check_interval')"));
    }

    [Fact]
    public async Task Replica_ChecksWhomItFollows() => Assert.Contains(
        "sslmode=verify-full",
        string.Concat(await Task.WhenAll(cluster.Instances.Where(instance => instance.Kind == InstanceKind.Postgres).Select(node => ClusterFixture.SqlAsync(node, "show primary_conninfo")))),
        StringComparison.Ordinal);

    [Fact]
    public async Task ProxysConfiguration_TakesNoNodeToBeUpAtAStart_AndIsWithoutAnyOtherWarning()
    {
        var said = await ClusterFixture.ExecAsync(Proxy, "sh", "-c", "haproxy -c -f /etc/agents/haproxy.cfg 2>&1");

        var warnings = said.Split('\n').Where(line => line.StartsWith('[') && !line.StartsWith("[NOTICE]", StringComparison.Ordinal)).ToList();
        Assert.All(warnings, warning => Assert.Contains("is DOWN, changed from server-state", warning, StringComparison.Ordinal));
        Assert.Equal(2 * cluster.Instances.Count(instance => instance.Kind == InstanceKind.Postgres), warnings.Count);
    }

    [Fact]
    public async Task Proxy_ToldHowANodeIs_KnowsItAtOnce_AndItsOwnCheckIsBelievedLater()
    {
        await TellAsync(KindProfile.ReadWritePort, Node.Member, isUp: true);
        Assert.True(await KnockAsync());

        // Its check may come in between, and finds that the node is up.
        var isClosed = false;
        for (var attempt = 0; attempt < 10 && !isClosed; attempt++)
        {
            await TellAsync(KindProfile.ReadWritePort, Node.Member, isUp: false);
            isClosed = !await KnockAsync();
        }

        Assert.True(isClosed);
        for (var attempt = 0; attempt < 100 && !await KnockAsync(); attempt++)
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        Assert.True(await KnockAsync());
    }

    [Fact]
    public async Task Proxy_ToldOfAServerThatItDoesNotKnow_Refuses() =>
        Assert.Equal(ErrorReasons.ProxyRefused, (await Assert.ThrowsAsync<AgentRefusedException>(() => TellAsync(KindProfile.ReadWritePort, "stranger-1", isUp: true))).Reason);

    private Task TellAsync(string entrance, string node, bool isUp) =>
        cluster.Agent.SetProxyServersAsync(InstanceTarget.Of(cluster.Cluster, Proxy), [new ProxyServer(entrance, node, isUp)], default);

    /// <summary>Asks at the entrance for writes whether a server speaks TLS; false where the proxy has none behind it and ends the connection.</summary>
    private async Task<bool> KnockAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Parse(Proxy.ClientAddress), Proxy.Ports[KindProfile.ReadWritePort]);
        try
        {
            await client.GetStream().WriteAsync(new byte[] { 0, 0, 0, 8, 4, 210, 22, 47 }); // SSLRequest.
            return await client.GetStream().ReadAsync(new byte[1]).AsTask().DefaultTimeout() > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Asks etcd for a key; null when the connection is refused.</summary>
    private Task<HttpStatusCode?> RangeAsync(KeyPair pair, string port) => AskAsync(pair, HttpMethod.Post, Etcd, Etcd.Ports[port], "v3/kv/range", """{"key":"YQ=="}""");

    /// <summary>Changes nothing of Patroni's configuration; null when the connection is refused.</summary>
    private Task<HttpStatusCode?> PatchAsync(KeyPair? pair) => AskAsync(pair, HttpMethod.Patch, Node, Node.Ports["rest"], "config", """{"loop_wait":5}""");

    private async Task<HttpStatusCode?> AskAsync(KeyPair? pair, HttpMethod method, Instance instance, int port, string path, string json)
    {
        using var servers = X509Certificate2.CreateFromPem(cluster.Secrets.ServerAuthority);
        using var peers = X509Certificate2.CreateFromPem(cluster.Secrets.PeerAuthority);
        using var own = pair is null ? null : X509Certificate2.CreateFromPem(pair.Certificate, pair.Key);
        var options = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true),
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { servers, peers }, // The peers' port shows a certificate of theirs.
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        };
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = options, UseProxy = false });
        using var request = new HttpRequestMessage(method, string.Create(CultureInfo.InvariantCulture, $"https://{instance.ClusterAddress}:{port}/{path}"))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        try
        {
            using var response = await client.SendAsync(request).DefaultTimeout();
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
