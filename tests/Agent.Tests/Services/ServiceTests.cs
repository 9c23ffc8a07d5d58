using Agents.Protocol;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.V1;
using Agents.Words;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;

namespace Agents.Agent.Tests.Services;

/// <summary>The services of a whole agent over the fake engine: what no scenario of an instance meets.</summary>
public sealed partial class ServiceTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeDockerEngine _engine = new();
    private readonly FakeImageSource _images = new();
    private TestAgent _agent = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _engine.AddImage(SmallImage.Reference, SmallImage.Label);
        _agent = await TestAgent.StartAsync(TestSettings.Create(_directory.Path), _engine, new FakeKernel(), _images);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task HoldPorts_FreeAndTaken_AreTold_AndDialsFindThem()
    {
        using var hold = _agent.Host.HoldPorts(
            new HoldPortsRequest
            {
                Token = "token-1",
                Ports =
                {
                    new PortBinding { Address = "127.0.0.1", Port = 27801 }, new PortBinding { Address = "127.0.0.1", Port = 27801 },
                    new PortBinding { Address = "127.0.0.1", Port = 80 }, new PortBinding { Address = "10.9.9.9", Port = 27802 },
                    new PortBinding { Address = "x", Port = 27803 },
                },
            },
            deadline: TestAgent.Deadline);
        Assert.True(await hold.ResponseStream.MoveNext(default));
        Assert.Equal([true, false, false, false, false], hold.ResponseStream.Current.Results.Select(result => result.Ok));

        var dialled = await _agent.Host.DialTestAsync(
            new DialTestRequest
            {
                Timeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)),
                Targets =
                {
                    new DialTarget { Address = "127.0.0.1", Port = 27801, ExpectedToken = "token-1" },
                    new DialTarget { Address = "127.0.0.1", Port = 27801, ExpectedToken = "token-2" },
                    new DialTarget { Address = "127.0.0.1", Port = 27804, ExpectedToken = "token-1" },
                    new DialTarget { Address = "127.0.0.1", Port = 0, ExpectedToken = "token-1" },
                },
            },
            deadline: TestAgent.Deadline);

        Assert.Equal([true, false, false, false], dialled.Results.Select(result => result.Ok));
    }

    [Fact]
    public async Task HoldPorts_HeldByAnEarlierCall_GoesOverToTheLaterOne()
    {
        using var earlier = Hold("token-1");
        Assert.True(await earlier.ResponseStream.MoveNext(default));
        using var later = Hold("token-2");
        Assert.True(await later.ResponseStream.MoveNext(default));

        var dialled = await _agent.Host.DialTestAsync(
            new DialTestRequest { Targets = { new DialTarget { Address = "127.0.0.1", Port = 27805, ExpectedToken = "token-2" } } }, deadline: TestAgent.Deadline);

        Assert.Equal([true, true, true], [earlier.ResponseStream.Current.Results[0].Ok, later.ResponseStream.Current.Results[0].Ok, dialled.Results[0].Ok]);

        AsyncServerStreamingCall<HoldPortsResponse> Hold(string token) => _agent.Host.HoldPorts(
            new HoldPortsRequest { Token = token, Ports = { new PortBinding { Address = "127.0.0.1", Port = 27805 } } }, deadline: TestAgent.Deadline);
    }

    [Fact]
    public async Task CreateContainer_MalformedOrForbidden_IsRefusedAndNothingIsMade()
    {
        var cluster = new TestCluster(200);
        await cluster.CreateAsync(_agent);
        var before = _engine.Mutations.Count;

        await RefusedAsync(cluster, spec => spec.Name = "../x", ErrorReasons.InvalidArgument);
        await RefusedAsync(cluster, spec => spec.Mounts[0].Volume = "/etc", ErrorReasons.InvalidArgument);
        await RefusedAsync(cluster, spec => spec.Mounts[0].Path = "/x/../y", ErrorReasons.InvalidArgument);
        await RefusedAsync(cluster, spec => spec.User = "a b", ErrorReasons.InvalidArgument);
        await RefusedAsync(cluster, spec => spec.Ports[0].Address = "0.0.0.0", ErrorReasons.Policy);
        await RefusedAsync(cluster, spec => spec.Ports[0].Port = 80, ErrorReasons.Policy);
        await RefusedAsync(cluster, spec => spec.ImageLabel = "other:1", ErrorReasons.ImageMissing);
        await RefusedAsync(cluster, spec => spec.Network = "host", ErrorReasons.NotFound);
        await RefusedAsync(cluster, spec => spec.Mounts[0].Volume = "agents-none", ErrorReasons.VolumeMissing);
        await RefusedAsync(cluster, spec => spec.Labels[ObjectLabels.Controller] = "store-2", ErrorReasons.InvalidArgument);

        Assert.Equal(before, _engine.Mutations.Count);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("a//b")]
    public async Task WriteVolumeFiles_PathThatLeaves_IsRefused(string path)
    {
        var cluster = new TestCluster(201);
        await cluster.CreateAsync(_agent);

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await _agent.Containers.WriteVolumeFilesAsync(
            cluster.Files("hash-2", "secret-content", path), deadline: TestAgent.Deadline));

        Assert.Equal(ErrorReasons.InvalidArgument, RpcErrors.ReasonOf(exception));
        Assert.DoesNotContain("secret-content", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal("hash-1", (await _agent.UntilAsync(cluster.InstanceId, _ => true)).ConfigHash);
    }

    [Fact]
    public async Task EngineAway_CallsSayUnreachable_AndFactsSaySo()
    {
        using var watch = _agent.Host.WatchEvents(new WatchEventsRequest(), deadline: TestAgent.Deadline);
        Assert.True(await watch.ResponseStream.MoveNext(default));
        _engine.GoAway();

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await _agent.Containers.ListContainersAsync(
            new ListContainersRequest(), deadline: TestAgent.Deadline));
        Assert.Equal((StatusCode.Unavailable, ErrorReasons.DockerUnreachable), (exception.StatusCode, RpcErrors.ReasonOf(exception)));
        Assert.False((await _agent.Host.GetFactsAsync(new GetFactsRequest(), deadline: TestAgent.Deadline)).Facts.Docker.Reachable);
        Assert.True(await watch.ResponseStream.MoveNext(default));
        Assert.False(watch.ResponseStream.Current.Docker.Reachable);

        _engine.ComeBack();
        do
            Assert.True(await watch.ResponseStream.MoveNext(default));
        while (watch.ResponseStream.Current.Snapshot is not { DockerReachable: true });
    }

    [Fact]
    public async Task Hello_OtherProtocol_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await _agent.Host.HelloAsync(
            new HelloRequest { ControllerId = "store-1", ProtocolMin = 9, ProtocolMax = 9 }, deadline: TestAgent.Deadline));

        Assert.Equal(ErrorReasons.ProtocolVersion, RpcErrors.ReasonOf(exception));
    }

    [Fact]
    public async Task Reflection_EveryQuestion_IsAnswered()
    {
        using var call = new ServerReflection.ServerReflectionClient(_agent.Channel).ServerReflectionInfo(deadline: TestAgent.Deadline);
        var services = await AskAsync(call, new ServerReflectionRequest { ListServices = "" });
        Assert.Contains("agents.v1.HostService", services.ListServicesResponse.Service.Select(service => service.Name));
        var files = await AskAsync(call, new ServerReflectionRequest { FileContainingSymbol = "agents.v1.HostService.Hello" });
        Assert.True(files.FileDescriptorResponse.FileDescriptorProto.Count > 3);
        Assert.NotNull((await AskAsync(call, new ServerReflectionRequest { FileByFilename = "agents/v1/auth.proto" })).FileDescriptorResponse);
        var extension = new ExtensionRequest { ContainingType = "google.protobuf.MethodOptions", ExtensionNumber = 50001 };
        Assert.Equal(12, (await AskAsync(call, new ServerReflectionRequest { FileContainingExtension = extension })).ErrorResponse.ErrorCode);
        Assert.Equal(5, (await AskAsync(call, new ServerReflectionRequest { FileContainingSymbol = "none" })).ErrorResponse.ErrorCode);
        Assert.Equal(12, (await AskAsync(call, new ServerReflectionRequest { AllExtensionNumbersOfType = "none" })).ErrorResponse.ErrorCode);
        Assert.Equal(12, (await AskAsync(call, new ServerReflectionRequest())).ErrorResponse.ErrorCode);

        using var alpha = new Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(_agent.Channel).ServerReflectionInfo(deadline: TestAgent.Deadline);
        await alpha.RequestStream.WriteAsync(new Grpc.Reflection.V1Alpha.ServerReflectionRequest { ListServices = "" });
        Assert.True(await alpha.ResponseStream.MoveNext(default));
        Assert.Equal(services.ListServicesResponse.Service.Count, alpha.ResponseStream.Current.ListServicesResponse.Service.Count);
    }

    [Fact]
    public async Task Health_KnownAndUnknown_IsTold()
    {
        var health = new Health.HealthClient(_agent.Channel);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest(), deadline: TestAgent.Deadline)).Status);
        await Assert.ThrowsAsync<RpcException>(async () => await health.CheckAsync(new HealthCheckRequest { Service = "none" }, deadline: TestAgent.Deadline));
        using var watch = health.Watch(new HealthCheckRequest { Service = "agents.v1.HostService" }, deadline: TestAgent.Deadline);
        Assert.True(await watch.ResponseStream.MoveNext(default));
    }

    private static async Task<ServerReflectionResponse> AskAsync(
        AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call, ServerReflectionRequest request)
    {
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext(default));
        return call.ResponseStream.Current;
    }

    private async Task RefusedAsync(TestCluster cluster, Action<ContainerSpec> change, string reason)
    {
        var spec = cluster.Spec();
        spec.Name += "-other";
        change(spec);
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await _agent.Containers.CreateContainerAsync(
            new CreateContainerRequest { Context = cluster.Context, Spec = spec }, deadline: TestAgent.Deadline));
        Assert.Equal(reason, RpcErrors.ReasonOf(exception));
    }
}
