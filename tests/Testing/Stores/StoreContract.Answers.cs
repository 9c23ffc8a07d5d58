using Agents.Controller.Stores;
using Agents.Domain.Scheduling;
using Xunit;

namespace Agents.Testing.Stores;

/// <summary>The first answers to request ids.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task AddIdempotentAnswer_Then_IsFoundForItsPrincipalAlone()
    {
        var answer = new IdempotentAnswer("ann", "r1", "hash", "resource", "operation", A.Time);

        await Write(writer => writer.AddIdempotentAnswer(answer));

        Assert.Equal(answer, await Write(writer => writer.FindIdempotentAnswer("ann", "r1")));
        Assert.Null(await Write(writer => writer.FindIdempotentAnswer("bob", "r1")));
    }

    [Fact]
    public async Task AddIdempotentAnswer_OfAPlan_KeepsThePlan()
    {
        var instance = A.Instance(A.Cluster(), A.Host());
        var placement = new Placement { Instances = [instance], Problem = null, Warnings = ["look"], Hosts = [new HostExplanation("h1", true, []), new HostExplanation("h2", false, ["it is cordoned"])] };

        await Write(writer => writer.AddIdempotentAnswer(new IdempotentAnswer("ann", "r1", "hash", "resource", "operation", A.Time) { Placement = placement }));
        var kept = (await Write(writer => writer.FindIdempotentAnswer("ann", "r1")))!.Placement!;

        Assert.Equal(instance with { Ports = kept.Instances[0].Ports }, kept.Instances[0]);
        Assert.Equal(instance.Ports, kept.Instances[0].Ports);
        Assert.Equal(["look"], kept.Warnings.ToArray());
        Assert.Equal(["h1 True ", "h2 False it is cordoned"], kept.Hosts.Select(host => $"{host.Host} {host.Feasible} {string.Join(", ", host.Reasons)}"));
    }
}
