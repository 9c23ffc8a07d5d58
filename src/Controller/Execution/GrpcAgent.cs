using Agents.Controller.Observation;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.V1;
using Agents.Words;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Agents.Controller.Observation.ReportBounds;
using ContainerLife = Agents.Domain.Health.ContainerLife;
using ContainerState = Agents.V1.ContainerState;
using InstanceWant = Agents.V1.InstanceWant;

namespace Agents.Controller.Execution;

/// <summary>An agent over its link: maps to the contract, and its errors back. Every call has a deadline of its own.</summary>
internal sealed class GrpcAgent(CallInvoker invoker, IControllerIdentity identity) : IAgent
{
    private static readonly TimeSpan _short = AgentCalls.Short;
    private static readonly TimeSpan _normal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _stop = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan _image = TimeSpan.FromMinutes(10);

    private readonly HostService.HostServiceClient _host = new(invoker);
    private readonly ContainerService.ContainerServiceClient _containers = new(invoker);
    private readonly InstanceService.InstanceServiceClient _instances = new(invoker);
    private readonly PsqlService.PsqlServiceClient _psql = new(invoker);
    private readonly ProxyService.ProxyServiceClient _proxies = new(invoker);

    /// <inheritdoc/>
    public async Task<IHeldPorts> HoldPortsAsync(IReadOnlyList<PortTarget> ports, string token, CancellationToken cancellationToken)
    {
        var request = new HoldPortsRequest { Token = token, Hold = Duration.FromTimeSpan(_normal) };
        request.Ports.AddRange(ports.Select(port => new PortBinding { Address = port.Address, Port = port.Port }));
        var call = _host.HoldPorts(request, Options(_normal, cancellationToken));
        try
        {
            if (!await AgentErrors.MapAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken))
                throw new AgentUnavailableException("the agent ended the probe of its ports without an answer");
            return new GrpcHeldPorts(call, Checks(call.ResponseStream.Current.Results));
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PortCheck>> DialAsync(IReadOnlyList<PortTarget> targets, string token, CancellationToken cancellationToken)
    {
        var request = new DialTestRequest { Timeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(2)) };
        request.Targets.AddRange(targets.Select(target => new DialTarget { Address = target.Address, Port = target.Port, ExpectedToken = token }));
        return Checks((await CallAsync(options => _host.DialTestAsync(request, options), _normal, cancellationToken)).Results);
    }

    /// <inheritdoc/>
    public async Task<bool> HasImageAsync(ImageSetImage image, CancellationToken cancellationToken)
    {
        var request = new CheckImagesRequest();
        request.Images.Add(RefOf(image));
        return (await CallAsync(options => _containers.CheckImagesAsync(request, options), _normal, cancellationToken)).Images.All(status => status.Present);
    }

    /// <inheritdoc/>
    public async Task EnsureImageAsync(ImageSetImage image, CancellationToken cancellationToken)
    {
        var request = new EnsureImageRequest
        {
            Context = ContextOf(default),
            Image = RefOf(image),
            ConfigDigest = image.ConfigDigest,
            ArchiveSha256 = image.ArchiveSha256,
            ArchiveBytes = image.ArchiveBytes,
        };
        using var call = _containers.EnsureImage(request, Options(_image, cancellationToken));
        var present = false;
        while (await AgentErrors.MapAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken))
            present = call.ResponseStream.Current.Present;
        if (!present)
            throw new AgentUnavailableException($"the transfer of {image.Reference} ended early; it is resumed");
    }

    /// <inheritdoc/>
    public Task CreateNetworkAsync(InstanceTarget target, string name, string subnet, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var request = new CreateNetworkRequest { Context = ContextOf(target), Name = name, Subnet = subnet };
        request.Labels.Add(labels.ToDictionary());
        return CallAsync(options => _containers.CreateNetworkAsync(request, options), _normal, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveNetworkAsync(InstanceTarget target, string name, CancellationToken cancellationToken) =>
        CallAsync(options => _containers.RemoveNetworkAsync(new RemoveNetworkRequest { Context = ContextOf(target), Name = name }, options), _normal, cancellationToken);

    /// <inheritdoc/>
    public Task CreateVolumeAsync(InstanceTarget target, string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var request = new CreateVolumeRequest { Context = ContextOf(target), Name = name };
        request.Labels.Add(labels.ToDictionary());
        return CallAsync(options => _containers.CreateVolumeAsync(request, options), _normal, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveVolumeAsync(InstanceTarget target, string name, bool destroyData, CancellationToken cancellationToken) => CallAsync(
        options => _containers.RemoveVolumeAsync(new RemoveVolumeRequest { Context = ContextOf(target), Name = name, DestroyData = destroyData }, options), _normal, cancellationToken);

    /// <inheritdoc/>
    public Task CreateContainerAsync(InstanceTarget target, ContainerBlueprint container, CancellationToken cancellationToken) => CallAsync(
        options => _containers.CreateContainerAsync(new CreateContainerRequest { Context = ContextOf(target), Spec = ContainerSpecMapper.Map(container) }, options),
        _normal,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> IsReachedAsync(string container, CancellationToken cancellationToken)
    {
        try
        {
            var response = await CallAsync(options => _containers.InspectContainerAsync(new InspectContainerRequest { Name = container }, options), _normal, cancellationToken);
            return response.Container is { State: ContainerState.Running, Detached: false };
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.NotFound)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public Task WriteConfigAsync(InstanceTarget target, string container, IReadOnlyList<ConfigFile> files, string configHash, CancellationToken cancellationToken)
    {
        var request = new WriteVolumeFilesRequest { Context = ContextOf(target), Container = container, Directory = ConfigPaths.Directory, ConfigHash = configHash };
        request.Files.AddRange(files.Select(file => new VolumeFile
        {
            Path = file.Path,
            Content = ByteString.CopyFromUtf8(file.Content),
            Mode = file.Mode,
            Uid = file.Owner,
            Gid = file.Owner,
            KeepExisting = file.KeepExisting,
        }));
        return CallAsync(options => _containers.WriteVolumeFilesAsync(request, options), _normal, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StartContainerAsync(InstanceTarget target, string container, CancellationToken cancellationToken) =>
        CallAsync(options => _containers.StartContainerAsync(new StartContainerRequest { Context = ContextOf(target), Name = container }, options), _normal, cancellationToken);

    /// <inheritdoc/>
    public Task SignalContainerAsync(InstanceTarget target, string container, string signal, CancellationToken cancellationToken) => CallAsync(
        options => _containers.SignalContainerAsync(new SignalContainerRequest { Context = ContextOf(target), Name = container, Signal = signal }, options), _normal, cancellationToken);

    /// <inheritdoc/>
    public Task StopContainerAsync(InstanceTarget target, string container, TimeSpan timeout, CancellationToken cancellationToken) => CallAsync(
        options => _containers.StopContainerAsync(
            new StopContainerRequest { Context = ContextOf(target), Name = container, Timeout = Duration.FromTimeSpan(timeout) }, options),
        timeout + _normal,
        cancellationToken);

    /// <inheritdoc/>
    public Task RemoveContainerAsync(InstanceTarget target, string container, CancellationToken cancellationToken) => CallAsync(
        options => _containers.RemoveContainerAsync(new RemoveContainerRequest { Context = ContextOf(target), Name = container, Force = true }, options), _normal, cancellationToken);

    /// <inheritdoc/>
    public Task SetWantAsync(InstanceTarget target, bool running, string configHash, bool initialised, CancellationToken cancellationToken) => CallAsync(
        options => _instances.SetWantAsync(
            new SetWantRequest
            {
                Context = ContextOf(target),
                Want = running ? InstanceWant.Running : InstanceWant.Stopped,
                ConfigHash = configHash,
                Initialised = initialised,
            },
            options),
        running ? _normal : _stop,
        cancellationToken);

    /// <inheritdoc/>
    public Task RebuildAsync(InstanceTarget target, string configHash, CancellationToken cancellationToken) => CallAsync(
        options => _instances.SetWantAsync(
            new SetWantRequest { Context = ContextOf(target), Want = InstanceWant.Running, ConfigHash = configHash, Initialised = true, Rebuild = true }, options),
        _normal,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<ExitReport> GetExitAsync(InstanceId instance, CancellationToken cancellationToken)
    {
        var found = (await CallAsync(options => _instances.GetInstanceAsync(new GetInstanceRequest { InstanceId = instance.ToString() }, options), _short, cancellationToken)).Instance;
        var runs = found.Container?.State is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting;
        return new ExitReport(runs, ObservationMapper.EndedOf(found.Container), Cut(DoubtOf(found.ExitProof)), Cut(found.FenceId));
    }

    /// <inheritdoc/>
    public Task FenceAsync(InstanceTarget target, string fenceId, ContainerLife life, TimeSpan duration, string reason, CancellationToken cancellationToken)
    {
        var request = new FenceRequest { Context = ContextOf(target), FenceId = fenceId, Duration = Duration.FromTimeSpan(duration), Reason = reason, Life = LifeOf(life) };
        return CallAsync(options => _instances.FenceAsync(request, options), _short, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(InstanceTarget target, string fenceId, CancellationToken cancellationToken) =>
        CallAsync(options => _instances.ReleaseAsync(new ReleaseRequest { Context = ContextOf(target), FenceId = fenceId }, options), _short, cancellationToken);

    /// <inheritdoc/>
    public Task SetHangTimeoutAsync(InstanceTarget target, TimeSpan hangTimeout, CancellationToken cancellationToken) => CallAsync(
        options => _instances.SetHangTimeoutAsync(new SetHangTimeoutRequest { Context = ContextOf(target), HangTimeout = Duration.FromTimeSpan(hangTimeout) }, options), _short, cancellationToken);

    /// <inheritdoc/>
    public Task SetProxyServersAsync(InstanceTarget target, IReadOnlyList<Domain.Engines.ProxyServer> servers, CancellationToken cancellationToken)
    {
        var request = new SetServersRequest { Context = ContextOf(target) };
        request.Servers.AddRange(servers.Select(server => new V1.ProxyServer { Listener = server.Listener, Server = server.Server, Up = server.IsUp }));
        return CallAsync(options => _proxies.SetServersAsync(request, options), _short, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ForgetAsync(InstanceTarget target, CancellationToken cancellationToken) =>
        CallAsync(options => _instances.ForgetInstanceAsync(new ForgetInstanceRequest { Context = ContextOf(target) }, options), _normal, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlySet<InstanceId>> ListInitialisedAsync(CancellationToken cancellationToken)
    {
        var response = await CallAsync(options => _instances.ListInstancesAsync(new ListInstancesRequest(), options), _normal, cancellationToken);
        // What a record that cannot be read said nobody knows.
        return response.Instances
            .Where(instance => instance.Initialised || instance.RecordDamaged)
            .Select(instance => InstanceId.TryParse(instance.InstanceId, out var id) ? id : (InstanceId?)null)
            .OfType<InstanceId>().ToHashSet();
    }

    /// <inheritdoc/>
    public async Task<SenderReport> GetReplicationAsync(InstanceId instance, CancellationToken cancellationToken)
    {
        var response = await CallAsync(options => _psql.GetServerStatsAsync(new GetServerStatsRequest { InstanceId = instance.ToString() }, options), _short, cancellationToken);
        return AgentCalls.SenderOf(response.Replication, response.LostSlots);
    }

    /// <inheritdoc/>
    public async Task<WalPosition> GetPositionAsync(InstanceId instance, CancellationToken cancellationToken)
    {
        var response = await CallAsync(options => _psql.GetServerStatsAsync(new GetServerStatsRequest { InstanceId = instance.ToString() }, options), _short, cancellationToken);
        return new WalPosition(response.InRecovery, response.Timeline, Cut(Math.Max(response.WalPositionBytes, response.WalReceivedBytes)));
    }

    /// <inheritdoc/>
    public async Task<bool> AnyRowAsync(InstanceId instance, string database, string sql, CancellationToken cancellationToken) =>
        (await CallAsync(
            options => _psql.QueryAsync(new QueryRequest { InstanceId = instance.ToString(), Database = database, Sql = sql, RowsMax = 1 }, options), _normal, cancellationToken)).Rows.Count > 0;

    /// <inheritdoc/>
    public Task ExecuteAsync(InstanceTarget target, string database, string sql, bool withoutTransaction, CancellationToken cancellationToken)
    {
        var request = new ExecuteRequest { Context = ContextOf(target), Database = database, WithoutTransaction = withoutTransaction, Timeout = Duration.FromTimeSpan(_normal) };
        request.Statements.Add(new SqlStatement { Sql = sql });
        return CallAsync(options => _psql.ExecuteAsync(request, options), _normal + _short, cancellationToken);
    }

    /// <summary>Why a proof is none; empty when all of it holds.</summary>
    private static string DoubtOf(ExitProof? proof) => proof switch
    {
        null => "its container has not ended",
        { DockerExited: false } => "the Docker Engine does not say that its container has ended",
        { InitProcessGone: false } => "its first process is still there, or was never recorded",
        { CgroupEmpty: false } => "processes of its container are still there",
        _ when proof.RecordedBootId.Length == 0 || proof.RecordedBootId != proof.BootId => "its machine was booted since it was seen to run",
        _ when proof.RecordedProcessId != proof.ProcessId => "its agent was started since it was seen to run",
        _ => "",
    };

    private static V1.ContainerLife LifeOf(ContainerLife life) =>
        new() { ContainerId = life.ContainerId, StartedAt = Timestamp.FromDateTimeOffset(life.StartedAt), FinishedAt = Timestamp.FromDateTimeOffset(life.FinishedAt) };

    private static ImageRef RefOf(ImageSetImage image) => new() { Reference = image.Reference, Label = image.Label };

    private static IReadOnlyList<PortCheck> Checks(IEnumerable<PortResult> results) =>
        [.. results.Take(MembersMax).Select(result => new PortCheck(new PortTarget(Cut(result.Address), result.Port), result.Ok, Cut(result.Error)))];

    private static CallOptions Options(TimeSpan timeout, CancellationToken cancellationToken) => AgentCalls.Options(timeout, cancellationToken);

    private static Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, TimeSpan timeout, CancellationToken cancellationToken) =>
        AgentCalls.UnaryAsync(call, timeout, cancellationToken);

    private CommandContext ContextOf(InstanceTarget target) => AgentCalls.ContextOf(identity, target);
}
