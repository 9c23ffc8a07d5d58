using Agents.Agent.Docker.Objects;
using Agents.Agent.Kernel;
using Agents.Protocol;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Agents.Agent.Tests.Services;

/// <summary>Which commands an agent obeys, in which order, and what it remembers of them: a whole agent over the fake engine, started again where that matters.</summary>
public sealed partial class CommandOrderTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeDockerEngine _engine = new();
    private readonly FakeKernel _kernel = new();
    private readonly TestCluster _cluster = new(144);
    private TestAgent _agent = null!;

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        _engine.AddImage(SmallImage.Reference, SmallImage.Label);
        return StartAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Hello_GivesBackWhatWasObeyed_AndRaisesNothing()
    {
        await _cluster.CreateAsync(_agent);
        var context = _cluster.Context;
        (context.Ticket.StoreRevision, context.Ticket.Mac) = (77, ByteString.CopyFromUtf8("proof"));
        await _agent.Instances.SetWantAsync(new SetWantRequest { Context = context, Want = InstanceWant.Stopped }, deadline: TestAgent.Deadline);
        await RestartAsync();

        var hello = await HelloAsync();

        Assert.Equal(context.Ticket, hello.Ticket);
        Assert.Equal(context.Ticket, hello.Records.Single(record => record.InstanceId == _cluster.InstanceId).Ticket);
        var network = hello.Records.Single(record => record.Network == _cluster.Network);
        Assert.Equal((_cluster.Owner.Id, 1, false), (network.Ticket.InstanceId, network.Ticket.Generation, network.Removed));
        Assert.Null((await HelloAsync("store-2")).Ticket);
    }

    [Fact]
    public async Task SameEpochOfAnotherProcess_IsStale()
    {
        await _cluster.CreateAsync(_agent);

        _cluster.EpochId = "second";
        await RefusedAsync(ErrorReasons.StaleEpoch, () => _cluster.WantAsync(_agent, InstanceWant.Stopped));

        _cluster.Epoch = 2;
        await _cluster.WantAsync(_agent, InstanceWant.Stopped);
    }

    [Fact]
    public async Task RefusedForItsGeneration_DoesNotRaiseTheEpoch()
    {
        _cluster.Generation = 5;
        await _cluster.CreateAsync(_agent);

        (_cluster.Generation, _cluster.Epoch) = (4, 9);
        await RefusedAsync(ErrorReasons.StaleGeneration, () => _cluster.WantAsync(_agent, InstanceWant.Stopped));

        Assert.Equal(1, (await HelloAsync()).Ticket.Epoch);
        (_cluster.Generation, _cluster.Epoch) = (5, 1);
        await _cluster.WantAsync(_agent, InstanceWant.Stopped);
    }

    [Fact]
    public async Task TicketOfAnotherInstance_IsInvalid()
    {
        var context = _cluster.Context;
        context.Ticket.Generation++;

        await RefusedAsync(ErrorReasons.InvalidArgument, () => _agent.Instances.SetWantAsync(
            new SetWantRequest { Context = context, Want = InstanceWant.Stopped }, deadline: TestAgent.Deadline).ResponseAsync);
    }

    [Fact]
    public async Task RemovedNetwork_IsMadeAgainByAHigherGenerationAlone()
    {
        await CreateNetworkAsync();
        _cluster.OwnerGeneration = 3;
        await RemoveNetworkAsync();
        await RestartAsync();

        await RefusedAsync(ErrorReasons.StaleGeneration, CreateNetworkAsync);
        _cluster.OwnerGeneration = 2;
        await RefusedAsync(ErrorReasons.StaleGeneration, CreateNetworkAsync);
        Assert.True((await HelloAsync()).Records.Single().Removed);
        _cluster.OwnerGeneration = 4;
        await CreateNetworkAsync();
        _cluster.OwnerGeneration = 3;
        await RefusedAsync(ErrorReasons.StaleGeneration, RemoveNetworkAsync);
    }

    [Fact]
    public async Task NetworkThatIsNotThere_Removed_IsRememberedAllTheSame()
    {
        await RemoveNetworkAsync(); // Comes before the create that was sent first.

        await RefusedAsync(ErrorReasons.StaleGeneration, CreateNetworkAsync);
    }

    [Fact]
    public async Task CreateNetwork_EngineRemembersANetworkThatItDoesNotList_AsksForAnotherSubnetAndTellsIt()
    {
        _engine.HiddenSubnets.Add(System.Net.IPNetwork.Parse("10.213.48.0/28"));

        Assert.Equal(("10.213.48.0/28", "a network that the engine does not list"), await ConflictAsync("10.213.48.0/28"));

        var used = (await _agent.Host.GetFactsAsync(new GetFactsRequest(), deadline: TestAgent.Deadline)).Facts.UsedSubnets;
        Assert.Contains(used, range => range.Cidr == "10.213.48.0/28");
        await CreateNetworkAsync("10.213.48.16/28");
    }

    [Fact]
    public async Task CreateNetwork_EngineThatRefusedItWasMended_IsMadeAndToldNoMore()
    {
        _engine.HiddenSubnets.Add(System.Net.IPNetwork.Parse("10.213.48.0/28"));
        await ConflictAsync("10.213.48.0/28");
        await ConflictAsync("10.213.48.0/28");

        _engine.HiddenSubnets.Clear();
        await CreateNetworkAsync("10.213.48.0/28");

        var used = (await _agent.Host.GetFactsAsync(new GetFactsRequest(), deadline: TestAgent.Deadline)).Facts.UsedSubnets;
        Assert.DoesNotContain(used, range => range.Holder == "a network that the engine does not list");
    }

    [Fact]
    public async Task CreateNetwork_Overlap_NamesWhatStandsInTheWay()
    {
        await _engine.CreateAsync(new NetworkBody("foreign", "bridge", true, new IpamBody([new IpamPool("10.213.45.0/26")]), new Dictionary<string, string>()), default);
        _kernel.Routes.Add(new UsedRange(System.Net.IPNetwork.Parse("10.213.46.0/24"), "route wg0"));
        _kernel.Routes.Add(new UsedRange(System.Net.IPNetwork.Parse("10.0.0.0/8"), "route eth0")); // Holds the whole pool: no other subnet would be better.

        Assert.Equal(("10.213.45.0/28", "foreign"), await ConflictAsync("10.213.45.0/28"));
        Assert.Equal(("10.213.46.16/28", "route wg0"), await ConflictAsync("10.213.46.16/28"));
        // What is left of a network that the engine lost when it was killed stands in nobody's way.
        _kernel.Routes.Add(new UsedRange(System.Net.IPNetwork.Parse("10.213.47.0/28"), "address br-228c71bf9c2f"));
        await CreateNetworkAsync("10.213.47.0/28");

        var used = (await _agent.Host.GetFactsAsync(new GetFactsRequest(), deadline: TestAgent.Deadline)).Facts.UsedSubnets;
        Assert.Equal([("10.213.45.0/26", "foreign"), ("10.213.47.0/28", _cluster.Network), ("10.213.46.0/24", "route wg0")], used.Select(subnet => (subnet.Cidr, subnet.Holder)));
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(1, int.MinValue)]
    public async Task Fence_DurationThatIsNone_IsNamed(long seconds, int nanos)
    {
        var request = new FenceRequest { Context = _cluster.Context, Duration = new() { Seconds = seconds, Nanos = nanos }, Reason = "a test", FenceId = _cluster.FenceId };

        var exception = await RefusedAsync(ErrorReasons.InvalidArgument, () => _agent.Instances.FenceAsync(request, deadline: TestAgent.Deadline).ResponseAsync);

        Assert.Equal("duration", Assert.Single(RpcErrors.ViolationsOf(exception)).Field);
    }

    [Fact]
    public async Task Fence_ById_OnlyItsOwnReleaseEndsIt()
    {
        await _cluster.CreateAsync(_agent);
        var first = await _cluster.FenceAsync(_agent, 60);
        var again = await _cluster.FenceAsync(_agent, 500);
        Assert.Equal(_cluster.FenceId, again.FenceId);
        Assert.True(again.FenceRemaining.ToTimeSpan() <= first.FenceRemaining.ToTimeSpan());

        var other = Guid.NewGuid().ToString();
        await RefusedAsync(ErrorReasons.FenceDiffers, () => _cluster.FenceAsync(_agent, 30, other));
        await RefusedAsync(ErrorReasons.FenceDiffers, () => ReleaseAsync(other));
        Assert.Equal(other, (await _cluster.FenceAsync(_agent, 90, other)).FenceId);
        await RefusedAsync(ErrorReasons.FenceDiffers, () => ReleaseAsync(_cluster.FenceId));
        await RefusedAsync(ErrorReasons.InvalidArgument, () => ReleaseAsync(""));

        Assert.Empty((await ReleaseAsync(other)).Instance.FenceId);
        Assert.Empty((await ReleaseAsync(other)).Instance.FenceId);
    }

    private async Task StartAsync() => _agent = await TestAgent.StartAsync(TestSettings.Create(_directory.Path), _engine, _kernel);

    private async Task RestartAsync()
    {
        await _agent.DisposeAsync();
        await StartAsync();
    }

    private async Task<HelloResponse> HelloAsync(string controllerId = "store-1") =>
        await _agent.Host.HelloAsync(new HelloRequest { ControllerId = controllerId, ProtocolMin = 1, ProtocolMax = 1 }, deadline: TestAgent.Deadline);

    private Task CreateNetworkAsync() => CreateNetworkAsync("10.213.44.0/28");

    private async Task CreateNetworkAsync(string subnet) => await _agent.Containers.CreateNetworkAsync(
        new CreateNetworkRequest { Context = _cluster.ClusterContext, Name = _cluster.Network, Subnet = subnet }, deadline: TestAgent.Deadline);

    private async Task RemoveNetworkAsync() => await _agent.Containers.RemoveNetworkAsync(
        new RemoveNetworkRequest { Context = _cluster.ClusterContext, Name = _cluster.Network }, deadline: TestAgent.Deadline);

    private async Task RemoveVolumeAsync(string name, bool destroyData) => await _agent.Containers.RemoveVolumeAsync(
        new RemoveVolumeRequest { Context = _cluster.Context, Name = name, DestroyData = destroyData }, deadline: TestAgent.Deadline);

    private async Task<ReleaseResponse> ReleaseAsync(string fenceId) =>
        await _agent.Instances.ReleaseAsync(new ReleaseRequest { Context = _cluster.Context, FenceId = fenceId }, deadline: TestAgent.Deadline);

    private async Task ForgetAsync(bool accept) => await _agent.Instances.ForgetInstanceAsync(
        new ForgetInstanceRequest { Context = _cluster.Context, AcceptDamagedRecord = accept }, deadline: TestAgent.Deadline);

    private async Task WriteAsync(string hash) => await _agent.Containers.WriteVolumeFilesAsync(_cluster.Files(hash, "content"), deadline: TestAgent.Deadline);

    private async Task<(string Subnet, string Conflict)> ConflictAsync(string subnet)
    {
        var exception = await RefusedAsync(ErrorReasons.SubnetOverlap, () => CreateNetworkAsync(subnet));
        var metadata = RpcErrors.InfoOf(exception)!.Metadata;
        return (metadata["subnet"], metadata["conflict"]);
    }

    private static async Task<RpcException> RefusedAsync(string reason, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call).DefaultTimeout();
        Assert.Equal(reason, RpcErrors.ReasonOf(exception));
        return exception;
    }
}
