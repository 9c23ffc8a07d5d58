using Agents.Domain.Kinds;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>What proxies are told of the nodes behind them, and when.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Turn_ClusterIsMade_ProxiesAreToldWhoLeadsAndWhoFollows_AndThenNothingMore()
    {
        var simulation = await CreatedAsync();

        Assert.All(Proxies(simulation), proxy => Assert.Equal(["read_only/demo-2", "read_only/demo-3", "read_write/demo-1"], Up(proxy)));
        var calls = 0;
        simulation.Fleet.Fault = call =>
        {
            calls += call.Method == nameof(FakeAgent.SetProxyServersAsync) ? 1 : 0;
            return null;
        };
        await simulation.TurnsAsync(60);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Turn_PrimaryHasEnded_ProxiesAreToldWhoLeadsAsSoonAsItDoes()
    {
        var simulation = await CreatedAsync();
        (await simulation.FindAsync("demo-1")).Container.End();

        await simulation.TurnsAsync(3);

        Assert.All(Proxies(simulation), proxy => Assert.Contains("read_write/demo-2", Up(proxy)));
        Assert.All(Proxies(simulation), proxy => Assert.DoesNotContain("read_write/demo-1", Up(proxy)));
        await simulation.TurnsAsync(20);
        Assert.All(Proxies(simulation), proxy => Assert.Equal(["read_only/demo-1", "read_only/demo-2", "read_only/demo-3", "read_write/demo-2"], Up(proxy)));
    }

    [Fact]
    public async Task Turn_EngineChoosesAnother_ProxiesAreToldWithoutAnOperation()
    {
        var simulation = await CreatedAsync();

        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver((await simulation.FindAsync("demo-3")).Instance.Id);
        await simulation.TurnsAsync(2);

        Assert.All(Proxies(simulation), proxy => Assert.Equal(["read_only/demo-1", "read_only/demo-2", "read_only/demo-3", "read_write/demo-3"], Up(proxy)));
    }

    [Fact]
    public async Task Turn_ReplicaHasEnded_ProxiesSendNobodyThere()
    {
        var simulation = await CreatedAsync();
        (await simulation.FindAsync("demo-2")).Container.End();

        await simulation.TurnsAsync(2);

        Assert.All(Proxies(simulation), proxy => Assert.Equal(["read_only/demo-3", "read_write/demo-1"], Up(proxy)));
        await simulation.TurnsAsync(20);
        Assert.All(Proxies(simulation), proxy => Assert.Equal(["read_only/demo-2", "read_only/demo-3", "read_write/demo-1"], Up(proxy)));
    }

    [Fact]
    public async Task Turn_ProxyDoesNotAnswer_IsToldWhenItDoesAgain_AndHoldsUpNoOther()
    {
        var simulation = await CreatedAsync();
        var silent = simulation.Fleet.Hosts.First(host => host.Containers.Values.Any(container => container.Kind == KindProfile.Haproxy.Word));
        simulation.Fleet.Fault = call => call.Host == silent && call.Method == nameof(FakeAgent.SetProxyServersAsync) ? AgentFault.NotSent : null;

        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver((await simulation.FindAsync("demo-3")).Instance.Id);
        await simulation.TurnsAsync(2);
        Assert.Equal(["demo-1", "demo-3"], Proxies(simulation).Select(proxy => Up(proxy).Single(server => server.StartsWith("read_write/", StringComparison.Ordinal))[^6..]).Order(StringComparer.Ordinal));

        simulation.Fleet.Fault = _ => null;
        await simulation.TurnsAsync(10);
        Assert.All(Proxies(simulation), proxy => Assert.Contains("read_write/demo-3", Up(proxy)));
    }

    private static IEnumerable<string> Up(FakeContainer proxy) => proxy.Servers.Where(server => server.Value).Select(server => server.Key);

    private static List<FakeContainer> Proxies(Simulation simulation) =>
        [.. simulation.Fleet.Hosts.SelectMany(host => host.Containers.Values).Where(container => container.Kind == KindProfile.Haproxy.Word)];

    private static async Task<Simulation> CreatedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        Assert.Equal(2, Proxies(simulation).Count);
        return simulation;
    }
}
