using System.Net;
using System.Net.Sockets;
using Agents.Agent.Docker;
using Agents.Agent.Engines;
using Agents.Agent.Instances;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.Testing.Engines;
using Agents.Words;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Agent.Tests.Engines;

/// <summary>The certificates with which engines are called, over a volume that answers when the test says so.</summary>
public sealed class EngineConnectionsTests : IDisposable
{
    private const string Id = "22222222-2222-4222-8222-222222222222";

    private readonly TestAuthority _authority = new();
    private readonly Volume _volume = new();
    private readonly FreshCertificates _fresh;
    private readonly EngineConnections _connections;
    private readonly LocalInstance _instance;

    public EngineConnectionsTests()
    {
        var (certificate, key) = _authority.IssueClient();
        _volume.Files = new() { [ConfigPaths.CaCertificate] = _authority.Pem, [ConfigPaths.ClientCertificate] = certificate, [ConfigPaths.ClientKey] = key };
        var table = new InstanceTable(new InstanceStore(new FaultyFileSystem(), "/data/instances"), new FakeKernel(), TimeProvider.System, NullLogger<InstanceTable>.Instance);
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        _fresh = new FreshCertificates(table);
        _connections = new EngineConnections(new LocalInstances(new FakeDockerEngine(), _volume, table, TestSettings.Create("/data")), _fresh, TimeProvider.System);
        _instance = new LocalInstance(Id, InstanceKinds.Postgres, "demo-1", "c1", "demo-1-22222222", 7, new Dictionary<string, int> { [PortNames.PatroniRest] = port }, "127.0.0.1", "hash-1");
    }

    public void Dispose()
    {
        _connections.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Send_ManyAtOnce_ReadTheCertificatesOnce()
    {
        using var leaver = new CancellationTokenSource();
        var first = SendAsync(leaver.Token);
        var others = Enumerable.Range(0, 8).Select(_ => SendAsync(default)).ToList();
        await leaver.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first).DefaultTimeout();

        _volume.Open.SetResult();

        foreach (var other in others)
            Assert.Contains("no connection", (await Assert.ThrowsAsync<EngineUnreachableException>(() => other).DefaultTimeout()).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EngineUnreachableException>(() => SendAsync(default)).DefaultTimeout();
        Assert.Equal(1, _volume.Reads);
    }

    [Fact]
    public async Task Send_CertificatesWereMissing_ReadsThemAgain()
    {
        _volume.Open.SetResult();
        var files = _volume.Files;
        _volume.Files = [];
        await Assert.ThrowsAsync<EngineConfigurationException>(() => SendAsync(default)).DefaultTimeout();

        _volume.Files = files;

        await Assert.ThrowsAsync<EngineUnreachableException>(() => SendAsync(default)).DefaultTimeout();
    }

    [Fact]
    public async Task Send_ConfigurationIsAnother_ReadsItAgain()
    {
        _volume.Open.SetResult();
        await Assert.ThrowsAsync<EngineUnreachableException>(() => SendAsync(default)).DefaultTimeout();

        await Assert.ThrowsAsync<EngineUnreachableException>(() => SendAsync(default, "hash-2")).DefaultTimeout();

        Assert.Equal(2, _volume.Reads);
    }

    [Theory]
    [InlineData("hash-1", false, 0)]
    [InlineData("hash-0", false, 1)]
    [InlineData("", false, 1)]
    [InlineData("hash-1", true, 1)]
    public async Task Send_CertificatesWereJustWritten_AreReadOnlyWhereTheyAreNotThose(string written, bool lacksKey, int reads)
    {
        _volume.Open.SetResult();
        _fresh.Note(Id, written, _volume.Files.Where(file => !lacksKey || file.Key != ConfigPaths.ClientKey).Select(file => KeyValuePair.Create(file.Key, new ReadOnlyMemory<byte>(System.Text.Encoding.ASCII.GetBytes(file.Value)))));

        await Assert.ThrowsAsync<EngineUnreachableException>(() => SendAsync(default)).DefaultTimeout();
        Assert.Equal(reads, _volume.Reads);

        // From now on the volume alone counts.
        await Assert.ThrowsAsync<EngineUnreachableException>(() => SendAsync(default, "hash-2")).DefaultTimeout();
        await Assert.ThrowsAsync<EngineUnreachableException>(() => SendAsync(default)).DefaultTimeout();
        Assert.Equal(reads + 2, _volume.Reads);
    }

    private Task<EngineAnswer> SendAsync(CancellationToken cancellationToken, string hash = "hash-1") =>
        _connections.SendAsync(_instance with { ConfigHash = hash }, EngineInterface.Patroni, HttpMethod.Get, "cluster", null, Waiting.Limit, cancellationToken);

    /// <summary>A configuration volume that answers once it is open.</summary>
    private sealed class Volume : IDockerArchives
    {
        private int _reads;

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Dictionary<string, string> Files { get; set; } = [];

        public int Reads => _reads;

        public async Task<Stream?> GetAsync(string container, string path, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            await Open.Task.WaitAsync(cancellationToken);
            return new MemoryStream(SavedImage.Tar([.. Files.Select(file => SavedImage.File($"{Path.GetFileName(path)}/{file.Key}", System.Text.Encoding.ASCII.GetBytes(file.Value)))]));
        }

        public Task PutAsync(string container, string directory, Stream tar, CancellationToken cancellationToken) => throw new InvalidOperationException("nothing is written");

        public Task<bool> HasDataAsync(string container, string path, CancellationToken cancellationToken) => throw new InvalidOperationException("nothing is asked for its size");
    }
}
