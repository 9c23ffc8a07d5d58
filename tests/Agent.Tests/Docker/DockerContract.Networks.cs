using Agents.Agent.Docker.Objects;
using Agents.Testing;
using Agents.Testing.Requirements;

namespace Agents.Agent.Tests.Docker;

/// <content>Networks.</content>
public abstract partial class DockerContract
{
    [ContractFact]
    public async Task Network_TwiceAndOverlapping_IsRefused()
    {
        Assert.Contains(await _engine.Networks.ListAsync($"{Label}={_id}", default), network => network.Subnet == $"10.214.{_subnet}.0/28");
        await FailureAsync(() => _engine.Networks.CreateAsync(new NetworkBody(Name, "bridge", true, new IpamBody([new IpamPool($"10.215.{_subnet}.0/28")]), Labels), default));
        await FailureAsync(() => _engine.Networks.CreateAsync(new NetworkBody(Name + "-2", "bridge", true, new IpamBody([new IpamPool($"10.214.{_subnet}.0/28")]), Labels), default));
    }

    [ContractFact]
    public async Task Network_MadeTwiceAtOnce_IsMadeOnce()
    {
        var name = Name + "-foreign";
        Task MakeAsync(string subnet) => _engine.Networks.CreateAsync(new NetworkBody(name, "bridge", true, new IpamBody([new IpamPool(subnet)]), Labels), default);

        var makings = new[] { MakeAsync($"10.215.{_subnet}.0/28"), MakeAsync($"10.216.{_subnet}.0/28") };

        await FailureAsync(() => Task.WhenAll(makings));
        Assert.Equal(1, makings.Count(making => making.IsCompletedSuccessfully));
        Assert.Single(await _engine.Networks.ListAllAsync(default), network => network.Name == name);
    }

    /// <summary>Networks that carry no label of ours take subnets, too.</summary>
    [ContractFact]
    public async Task Network_WithoutLabels_IsAmongAll()
    {
        var foreign = $"10.215.{_subnet}.0/28";
        await _engine.Networks.CreateAsync(new NetworkBody(Name + "-foreign", "bridge", true, new IpamBody([new IpamPool(foreign)]), new Dictionary<string, string>()), default);

        var all = await _engine.Networks.ListAllAsync(default).DefaultTimeout();

        Assert.Contains(all, network => network.Name == Name && network.Subnets.SequenceEqual([$"10.214.{_subnet}.0/28"]));
        Assert.Contains(all, network => network.Name == Name + "-foreign" && network.Subnets.SequenceEqual([foreign]));
    }

    [ContractFact]
    public async Task Network_InUse_IsNotRemoved()
    {
        await CreateAsync(Name).DefaultTimeout();
        await _engine.Containers.StartAsync(Name, default).DefaultTimeout();

        await FailureAsync(() => _engine.Networks.RemoveAsync(Name, default));
        Assert.Equal([Name], (await _engine.Networks.FindAsync(Name, default))!.Users);
        Assert.False(await _engine.Networks.RemoveAsync("agents-contract-none", default));
    }
}
