using System.Text;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Engines.Haproxy;
using Agents.Agent.Instances;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.Words;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Agent.Tests.Engines;

/// <summary>What is done around the signal by which a proxy reads its configuration again, also where it fails half-way.</summary>
public sealed class ProxyReloaderTests : IAsyncLifetime
{
    private const string Id = "22222222-2222-4222-8222-222222222222";
    private const string Volume = "proxy-config";
    private const string Signal = "SIGUSR2";
    private const string Down = "1\n1 read_write 1 demo-1 10.0.0.1 0 0 1 1\n1 read_write 2 demo-2 10.0.0.2 0 0 1 1\n";
    private const string OneUp = "1\n1 read_write 1 demo-1 10.0.0.1 2 0 1 1\n1 read_write 2 demo-2 10.0.0.2 0 0 1 1\n";

    private readonly FakeDockerEngine _engine = new();
    private readonly InstanceTable _table = new(new InstanceStore(new FaultyFileSystem(), "/data/instances"), new FakeKernel(), TimeProvider.System, NullLogger<InstanceTable>.Instance);
    private readonly FakeHaproxy _proxy;
    private readonly LocalInstances _instances;
    private LocalInstance _instance = new(Id, InstanceKinds.Haproxy, "demo-proxy-1", "", "proxy", 7, new Dictionary<string, int>(), "127.0.0.1", "hash-1");
    private int _signals;

    public ProxyReloaderTests()
    {
        _proxy = new FakeHaproxy(async () => Encoding.UTF8.GetBytes(await FileAsync())) { States = OneUp };
        _instances = new LocalInstances(_engine, _engine, _table, TestSettings.Create("/data"));
    }

    private IDockerArchives Archives => _engine;

    public async Task InitializeAsync()
    {
        _engine.AddImage(SmallImage.Reference, SmallImage.Label);
        var id = await _engine.CreateAsync("proxy", new ContainerBody
        {
            Image = SmallImage.Reference,
            HostConfig = new ContainerHostBody
            {
                NetworkMode = "net",
                Mounts = [new MountBody(Volume, ConfigPaths.Directory, ReadOnly: false)],
                RestartPolicy = new RestartPolicyBody("no"),
                CapDrop = [],
                SecurityOpt = [],
                LogConfig = new LogConfigBody("json-file", new Dictionary<string, string>()),
            },
        }, default);
        _instance = _instance with { ContainerId = id };
        _engine.WriteFile(Volume, ServerStates.File, Encoding.UTF8.GetBytes(Down));
        await UseAsync(slot => _table.Save(slot, new InstanceRecord { InstanceId = Id, ControllerId = "store-1", ConfigHash = "hash-1", ConfigComplete = true }));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Send_WorkerThatBegins_KnowsWhatTheOldOneKnew_AndAStartDoesNot()
    {
        await SendAsync();

        Assert.Equal(OneUp, _proxy.States);
        Assert.Equal(Down, await FileAsync());
        Assert.True(_table.Find(Id)!.ConfigComplete);
        Assert.Equal(1, _signals);
    }

    [Fact]
    public async Task Send_WhileItIsUnderWay_TheRecordSaysThatTheConfigurationIsNotComplete()
    {
        var wasComplete = true;

        await SendAsync(() => wasComplete = _table.Find(Id)!.ConfigComplete);

        Assert.False(wasComplete); // An agent that ends now leaves it to be written anew.
    }

    [Fact]
    public async Task Send_ConfigurationIsNotComplete_CarriesNothing()
    {
        await UseAsync(slot => _table.Save(slot, slot.Record! with { ConfigComplete = false }));
        _engine.WriteFile(Volume, ServerStates.File, Encoding.UTF8.GetBytes(OneUp)); // As an agent left it that ended.

        await SendAsync();

        Assert.False(_table.Find(Id)!.ConfigComplete);
        Assert.Equal(1, _signals);
    }

    [Fact]
    public async Task Send_NobodyAnswers_SignalsAllTheSame()
    {
        _proxy.IsSilent = true;

        await SendAsync();

        Assert.Equal((1, Down), (_signals, await FileAsync()));
        Assert.DoesNotContain(_engine.Mutations, mutation => mutation.StartsWith("put", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Down)]
    [InlineData("1 read_write 1 stranger-1 10.0.0.1 2 0 1 1\n")]
    public async Task Send_NoServerIsUp_SignalsAlone(string states)
    {
        _proxy.States = states;

        await SendAsync();

        Assert.Equal(1, _signals);
        Assert.DoesNotContain(_engine.Mutations, mutation => mutation.StartsWith("put", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_FileCannotBeRead_SignalsAllTheSame()
    {
        _engine.LookFailures.Enqueue(new DockerException(DockerFailure.Refused, "What is there has more than 2097152 bytes."));

        await SendAsync();

        Assert.Equal(1, _signals);
    }

    [Fact]
    public async Task Send_FileIsGone_SignalsAllTheSame()
    {
        _engine.EmptyVolume(Volume);

        await SendAsync();

        Assert.Equal(1, _signals);
    }

    [Fact]
    public async Task Send_ConfigurationThatItCannotRead_IsNotWaitedForForEver()
    {
        _proxy.IsMisconfigured = true;
        var began = TimeProvider.System.GetTimestamp();

        await SendAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(began) < Waiting.Limit);
        Assert.Equal((OneUp, Down), (_proxy.States, await FileAsync()));
        Assert.True(_table.Find(Id)!.ConfigComplete);
    }

    [Fact]
    public async Task Send_SignalFails_LeavesTheFileAsItWas()
    {
        await Assert.ThrowsAsync<DockerException>(() => SendAsync(() => throw new DockerException(DockerFailure.Conflict, "Container proxy is not running")));

        Assert.Equal(Down, await FileAsync());
        Assert.True(_table.Find(Id)!.ConfigComplete);
    }

    [Fact]
    public async Task Send_FileCannotBePutBack_SaysThatTheConfigurationIsNotComplete()
    {
        await Assert.ThrowsAsync<DockerException>(() => SendAsync(() => _engine.ArchiveFailures.Enqueue(new DockerException(DockerFailure.Unreachable, "away"))));

        Assert.False(_table.Find(Id)!.ConfigComplete);
    }

    [Fact]
    public async Task Send_CallerWaitsNoLonger_PutsTheFileBackAllTheSame()
    {
        using var leaver = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(leaver.Cancel, cancellationToken: leaver.Token));

        Assert.Equal(Down, await FileAsync());
        Assert.True(_table.Find(Id)!.ConfigComplete);
    }

    [Theory]
    [InlineData(InstanceKinds.Haproxy, "SIGWINCH")]
    [InlineData(InstanceKinds.Postgres, Signal)]
    public async Task Send_WhatIsNoReloadOfAProxy_IsTheSignalAlone(string kind, string signal)
    {
        _instance = _instance with { Kind = kind };

        await SendAsync(signal: signal);

        Assert.Equal(1, _signals);
        Assert.DoesNotContain(_engine.Mutations, mutation => mutation.StartsWith("put", StringComparison.Ordinal));
    }

    private Task SendAsync(Action? then = null, string signal = Signal, CancellationToken cancellationToken = default)
    {
        var reloader = new ProxyReloader(_instances, _table, _proxy, TimeProvider.System);
        return _table.UseAsync(
            Id,
            async slot =>
            {
                await reloader.SendAsync(
                    slot, _instance, signal,
                    async () =>
                    {
                        _signals++;
                        await _proxy.ReloadAsync();
                        then?.Invoke();
                    },
                    cancellationToken);
                return true;
            },
            default).DefaultTimeout();
    }

    private Task UseAsync(Action<InstanceSlot> action) => _table.UseAsync(
        Id,
        slot =>
        {
            action(slot);
            return Task.FromResult(true);
        },
        default);

    private async Task<string> FileAsync()
    {
        await using var tar = await Archives.GetAsync("proxy", $"{ConfigPaths.Directory}/{ServerStates.File}", default);
        return tar is null ? "" : Encoding.UTF8.GetString(await ConfigFileReader.ReadAsync(tar, ServerStates.File, default));
    }
}
