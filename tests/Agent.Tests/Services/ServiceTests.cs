using System.Security.Cryptography;
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
public sealed class ServiceTests : IAsyncLifetime
{
    private static readonly SavedImage s_image = SavedImage.Of("agents/new:1", "new:1");

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
    public async Task EnsureImage_BrokenTransfer_IsResumedAndLoaded()
    {
        var request = Offer(s_image);
        _images.BreakAfter = 5;

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))).StatusCode);
        Assert.True(await EnsureAsync(request));

        Assert.Equal([0, 5], _images.Offsets);
        var check = await _agent.Containers.CheckImagesAsync(new CheckImagesRequest { Images = { request.Image } }, deadline: TestAgent.Deadline);
        Assert.True(Assert.Single(check.Images).Present);
        Assert.True(await EnsureAsync(request));
        Assert.Equal(2, _images.Offsets.Count);
    }

    [Fact]
    public async Task EnsureImage_WrongContentOrForbidden_IsRefused()
    {
        var request = Offer(s_image);
        request.ArchiveSha256 = new string('0', 64);

        Assert.Equal(ErrorReasons.ImageMissing, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
        request.Image.Reference = "evil/new:1";
        Assert.Equal(ErrorReasons.Policy, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
        request.Image.Reference = "agents/new:1";
        request.ArchiveBytes = (8L << 30) + 1;
        Assert.Equal(ErrorReasons.InvalidArgument, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
        request.ArchiveSha256 = "../x";
        Assert.Equal(ErrorReasons.InvalidArgument, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
    }

    [Fact]
    public async Task EnsureImage_ArchiveWithAnotherImage_IsNotLoaded()
    {
        var other = SavedImage.Of("agents/new:1", "other:1");
        var request = Offer(s_image, SavedImage.Of("agents/second:1", "second:1", ("second", [2])));
        Assert.Contains("agents/second:1", await NotLoadedAsync(request), StringComparison.Ordinal);
        request = Offer(other);
        Assert.Contains("label", await NotLoadedAsync(request), StringComparison.Ordinal);
        request.ConfigDigest = s_image.ConfigDigest;
        Assert.Contains(other.ConfigDigest, await NotLoadedAsync(request), StringComparison.Ordinal);
        request.ConfigDigest = "";
        Assert.Equal(ErrorReasons.InvalidArgument, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
    }

    [Fact]
    public async Task EnsureImage_DigestThatPolicyDoesNotName_IsNotLoaded()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestSettings.Create(directory.Path);
        await File.WriteAllTextAsync(settings.PolicyFile, $$"""{"allowed_image_ids": ["{{s_image.ConfigDigest}}"]}""");
        await using var agent = await TestAgent.StartAsync(settings, _engine, new FakeKernel(), _images);

        var exception = await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(Offer(SavedImage.Of("agents/new:1", "new:1", ("evil", [1]))), agent));

        Assert.Equal(ErrorReasons.Policy, RpcErrors.ReasonOf(exception));
        Assert.Empty(_images.Offsets);
        var lying = Offer(SavedImage.Of("agents/new:1", "new:1", ("evil", [1])));
        lying.ConfigDigest = s_image.ConfigDigest;
        Assert.Equal(ErrorReasons.Policy, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(lying, agent))));
        Assert.DoesNotContain("load", _engine.Mutations);
        Assert.True(await EnsureAsync(Offer(s_image), agent));
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

    /// <summary>Has the controller hold an archive of these images, and asks for the first.</summary>
    private EnsureImageRequest Offer(params SavedImage[] images)
    {
        _images.Archive = SavedImage.Archive(images);
        return new EnsureImageRequest
        {
            Context = new CommandContext { ControllerId = "store-1", Ticket = new Ticket { Epoch = 1 } },
            Image = new ImageRef { Reference = "agents/new:1", Label = "new:1" },
            ConfigDigest = images[0].ConfigDigest,
            ArchiveSha256 = Convert.ToHexStringLower(SHA256.HashData(_images.Archive)),
            ArchiveBytes = _images.Archive.Length,
        };
    }

    private async Task<string> NotLoadedAsync(EnsureImageRequest request)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request));
        Assert.Equal(ErrorReasons.ImageMissing, RpcErrors.ReasonOf(exception));
        Assert.DoesNotContain("load", _engine.Mutations);
        return exception.Status.Detail;
    }

    private async Task<bool> EnsureAsync(EnsureImageRequest request, TestAgent? agent = null)
    {
        using var call = (agent ?? _agent).Containers.EnsureImage(request, deadline: TestAgent.Deadline);
        var present = false;
        while (await call.ResponseStream.MoveNext(default))
            present = call.ResponseStream.Current.Present;
        return present;
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
