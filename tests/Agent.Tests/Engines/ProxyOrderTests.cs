using Agents.Agent.Docker;
using Agents.Agent.Engines.Haproxy;
using Agents.Agent.Instances;
using Agents.Agent.Kernel;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.V1;
using Agents.Words;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Agent.Tests.Engines;

/// <summary>What is told to a proxy that is just reading its configuration again.</summary>
public sealed class ProxyOrderTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestCluster _cluster = new();
    private readonly FakeDockerEngine _engine = new();
    private readonly FakeKernel _kernel = new();
    private readonly FakeReloader _reloader = new();
    private readonly FakeHaproxy _proxy = new(() => Task.FromResult(Array.Empty<byte>()));
    private TestAgent _agent = null!;

    public async Task InitializeAsync()
    {
        _engine.AddImage(SmallImage.Reference, SmallImage.Label);
        _agent = await TestAgent.StartAsync(TestSettings.Create(_directory.Path), services => services
            .AddSingleton<IDockerSystem>(_engine).AddSingleton<IDockerContainers>(_engine).AddSingleton<IDockerNetworks>(_engine)
            .AddSingleton<IDockerVolumes>(_engine).AddSingleton<IDockerImages>(_engine).AddSingleton<IDockerEvents>(_engine)
            .AddSingleton<IDockerArchives>(_engine).AddSingleton<IBootClock>(_kernel).AddSingleton<IProcessTable>(_kernel).AddSingleton<IHostRoutes>(_kernel)
            .AddSingleton<IReloader>(_reloader).AddSingleton<IHaproxyRuntime>(_proxy));
    }

    public async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task SetServers_WhileTheProxyReadsItsConfigurationAgain_AreToldToTheWorkerThatBegins()
    {
        await _cluster.CreateAsync(_agent, InstanceKinds.Haproxy);
        await _agent.Containers.StartContainerAsync(new StartContainerRequest { Context = _cluster.Context, Name = _cluster.Container }, deadline: TestAgent.Deadline);
        var reload = _agent.Containers.SignalContainerAsync(
            new SignalContainerRequest { Context = _cluster.Context, Name = _cluster.Container, Signal = "SIGUSR2" }, deadline: TestAgent.Deadline).ResponseAsync;
        await _reloader.Sent.DefaultTimeout();

        var telling = _agent.Proxies.SetServersAsync(
            new SetServersRequest { Context = _cluster.Context, Servers = { new ProxyServer { Listener = "read_write", Server = "demo-1", Up = true } } }, deadline: TestAgent.Deadline).ResponseAsync;
        await _agent.Containers.ListContainersAsync(new ListContainersRequest(), deadline: TestAgent.Deadline); // What came later has been answered.

        Assert.Empty(_proxy.Told);
        _reloader.End();
        await Task.WhenAll(reload, telling).DefaultTimeout();
        Assert.Single(_proxy.Told);
    }
}
