using Agents.Protocol;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Tests.Services;

/// <content>What the host's own policy forbids.</content>
public sealed partial class ServiceTests
{
    [Fact]
    public async Task DialTest_TargetThatPolicyDoesNotName_IsNotDialledAndSaysSo()
    {
        using var directory = new TemporaryDirectory();
        await using var agent = await RestrictedAsync(directory, """{ "dial_targets": ["127.0.0.2/32"] }""");
        using var hold = agent.Host.HoldPorts(
            new HoldPortsRequest { Token = "token-1", Ports = { new PortBinding { Address = "127.0.0.1", Port = 27811 } } }, deadline: TestAgent.Deadline);
        Assert.True(await hold.ResponseStream.MoveNext(default));
        Assert.True(hold.ResponseStream.Current.Results[0].Ok);

        var dialled = await agent.Host.DialTestAsync(
            new DialTestRequest { Targets = { new DialTarget { Address = "127.0.0.1", Port = 27811, ExpectedToken = "token-1" } } }, deadline: TestAgent.Deadline);

        var result = Assert.Single(dialled.Results);
        Assert.False(result.Ok);
        Assert.Contains("add its network to 'dial_targets' in ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureImage_ArchiveLargerThanPolicyAllows_IsNotFetched()
    {
        using var directory = new TemporaryDirectory();
        await using var agent = await RestrictedAsync(directory, """{ "limits": { "image_archive_bytes": 10 } }""");

        var exception = await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(Offer(s_image), agent));

        Assert.Equal(ErrorReasons.Policy, RpcErrors.ReasonOf(exception));
        Assert.Empty(_images.Offsets);
    }

    [Fact]
    public async Task CreateContainer_MoreMemoryThanPolicyAllows_IsNotMade()
    {
        using var directory = new TemporaryDirectory();
        await using var agent = await RestrictedAsync(directory, """{ "limits": { "container_memory_bytes": 67108864 } }""");
        var cluster = new TestCluster(210);
        foreach (var bytes in new[] { (64 << 20) + 1, 0 })
        {
            var spec = cluster.Spec();
            spec.MemoryBytes = bytes;
            var exception = await Assert.ThrowsAsync<RpcException>(async () => await agent.Containers.CreateContainerAsync(
                new CreateContainerRequest { Context = cluster.Context, Spec = spec }, deadline: TestAgent.Deadline));
            Assert.Equal(ErrorReasons.Policy, RpcErrors.ReasonOf(exception));
        }

        await cluster.CreateAsync(agent); // 64 MiB.
    }

    private async Task<TestAgent> RestrictedAsync(TemporaryDirectory directory, string policy)
    {
        var settings = TestSettings.Create(directory.Path);
        await File.WriteAllTextAsync(settings.PolicyFile, policy);
        return await TestAgent.StartAsync(settings, _engine, new FakeKernel(), _images);
    }
}
