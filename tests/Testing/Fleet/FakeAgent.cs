using Agents.Controller.Execution;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Domain.Engines;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Testing.Fleet;

/// <summary>
/// One host's agent as one controller process reaches it. Answers with completed tasks; every mutation is written into the fleet's audit and is two points at which the
/// process can die.
/// </summary>
internal sealed class FakeAgent(FakeFleet fleet, FakeHost host, SimulatedProcess process, IControllerIdentity identity) : IAgent, IPatroniAgent
{
    /// <summary>How long a fence lasts, whatever is asked for: longer than an operation takes, and than the engine's own timers.</summary>
    private const int FenceMoments = 60;

    private readonly FakeAgentRules _rules = new(host, identity.StoreId);

    /// <inheritdoc/>
    public async Task<IHeldPorts> HoldPortsAsync(IReadOnlyList<PortTarget> ports, string token, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(nameof(HoldPortsAsync), () => Hold(ports, token));
        }
        catch (AgentUnavailableException)
        {
            host.HeldPorts.RemoveAll(held => held.Token == token); // They are held no longer than the call lives.
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PortCheck>> DialAsync(IReadOnlyList<PortTarget> targets, string token, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<PortCheck>>(nameof(DialAsync), () => [.. targets.Select(target => Dial(target, token))]);

    /// <inheritdoc/>
    public Task<bool> HasImageAsync(ImageSetImage image, CancellationToken cancellationToken) => ReadAsync(nameof(HasImageAsync), () => host.Images.Contains(image.Label));

    /// <inheritdoc/>
    public Task EnsureImageAsync(ImageSetImage image, CancellationToken cancellationToken) => MutateAsync(nameof(EnsureImageAsync), image.Reference, default, createRecord: false, _ =>
    {
        if (host.RefusesImages)
            throw FakeAgentRules.Refused(ErrorReasons.DockerRefused, $"no space left for {image.Reference} on {host.Host.Name}");
        host.Images.Add(image.Label);
    });

    /// <inheritdoc/>
    public Task CreateNetworkAsync(InstanceTarget target, string name, string subnet, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        MutateAsync(nameof(CreateNetworkAsync), name, target, createRecord: false, _ => _rules.CreateNetwork(target.OwnerGeneration, name, subnet, labels));

    /// <inheritdoc/>
    public Task RemoveNetworkAsync(InstanceTarget target, string name, CancellationToken cancellationToken) =>
        MutateAsync(nameof(RemoveNetworkAsync), name, target, createRecord: false, _ => _rules.RemoveNetwork(target.OwnerGeneration, name));

    /// <inheritdoc/>
    public Task CreateVolumeAsync(InstanceTarget target, string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        MutateAsync(nameof(CreateVolumeAsync), name, target, createRecord: true, record => _rules.CreateVolume(record!, name, labels));

    /// <inheritdoc/>
    public Task RemoveVolumeAsync(InstanceTarget target, string name, bool destroyData, CancellationToken cancellationToken) =>
        MutateAsync(nameof(RemoveVolumeAsync), name, target, createRecord: false, record => _rules.RemoveVolume(record, target.InstanceId!.Value, name, destroyData));

    /// <inheritdoc/>
    public Task CreateContainerAsync(InstanceTarget target, ContainerBlueprint container, CancellationToken cancellationToken) =>
        MutateAsync(nameof(CreateContainerAsync), container.Name, target, createRecord: true, record => _rules.CreateContainer(record!, container));

    /// <inheritdoc/>
    public Task<bool> IsReachedAsync(string container, CancellationToken cancellationToken) =>
        ReadAsync(nameof(IsReachedAsync), () => host.Containers.GetValueOrDefault(container) is { IsRunning: true } found && !host.IsDetached(found));

    /// <inheritdoc/>
    public Task WriteConfigAsync(InstanceTarget target, string container, IReadOnlyList<ConfigFile> files, string configHash, CancellationToken cancellationToken) =>
        MutateAsync(nameof(WriteConfigAsync), container, target, createRecord: false, record => _rules.WriteConfig(record, target.InstanceId!.Value, container, files, configHash));

    /// <inheritdoc/>
    public Task StartContainerAsync(InstanceTarget target, string container, CancellationToken cancellationToken) =>
        MutateAsync(nameof(StartContainerAsync), container, target, createRecord: false, record => _rules.StartContainer(record, target.InstanceId!.Value, container));

    /// <inheritdoc/>
    public Task SignalContainerAsync(InstanceTarget target, string container, string signal, CancellationToken cancellationToken) =>
        MutateAsync(nameof(SignalContainerAsync), container, target, createRecord: false, _ => _rules.Signal(target.InstanceId!.Value, container));

    /// <inheritdoc/>
    public Task StopContainerAsync(InstanceTarget target, string container, TimeSpan timeout, CancellationToken cancellationToken) =>
        MutateAsync(nameof(StopContainerAsync), container, target, createRecord: false, record => _rules.StopContainer(record, target.InstanceId!.Value, container));

    /// <inheritdoc/>
    public Task RemoveContainerAsync(InstanceTarget target, string container, CancellationToken cancellationToken) =>
        MutateAsync(nameof(RemoveContainerAsync), container, target, createRecord: false, record => _rules.RemoveContainer(record, target.InstanceId!.Value, container));

    /// <inheritdoc/>
    public Task SetWantAsync(InstanceTarget target, bool running, string configHash, bool initialised, CancellationToken cancellationToken) =>
        MutateAsync(nameof(SetWantAsync), target.InstanceId.ToString()!, target, createRecord: true, record => _rules.SetWant(record!, running, configHash, initialised));

    /// <inheritdoc/>
    public Task RebuildAsync(InstanceTarget target, string configHash, CancellationToken cancellationToken) => MutateAsync(
        nameof(RebuildAsync), target.InstanceId.ToString()!, target, createRecord: true, record => _rules.SetWant(record!, running: true, configHash, initialised: true, rebuild: true));

    /// <inheritdoc/>
    public Task<ExitReport> GetExitAsync(InstanceId instance, CancellationToken cancellationToken) => ReadAsync(nameof(GetExitAsync), () => _rules.Exit(instance));

    /// <inheritdoc/>
    public Task FenceAsync(InstanceTarget target, string fenceId, ContainerLife life, TimeSpan duration, string reason, CancellationToken cancellationToken) =>
        MutateAsync(nameof(FenceAsync), target.InstanceId.ToString()!, target, createRecord: true, record => _rules.Fence(record!, fenceId, life, FenceMoments));

    /// <inheritdoc/>
    public Task ReleaseAsync(InstanceTarget target, string fenceId, CancellationToken cancellationToken) =>
        MutateAsync(nameof(ReleaseAsync), target.InstanceId.ToString()!, target, createRecord: false, record => _rules.Release(record, fenceId));

    /// <inheritdoc/>
    public Task SetHangTimeoutAsync(InstanceTarget target, TimeSpan hangTimeout, CancellationToken cancellationToken) =>
        MutateAsync(nameof(SetHangTimeoutAsync), target.InstanceId.ToString()!, target, createRecord: false, record => FakeAgentRules.SetHangTimeout(record, hangTimeout));

    /// <inheritdoc/>
    public Task SetProxyServersAsync(InstanceTarget target, IReadOnlyList<ProxyServer> servers, CancellationToken cancellationToken) => ReadAsync(nameof(SetProxyServersAsync), () =>
    {
        Obey(() => _rules.Admit(TicketFor(target), target, createRecord: false));
        var proxy = _rules.Running(target.InstanceId!.Value, ErrorReasons.ProxyUnreachable, KindProfile.Haproxy.Word);
        foreach (var server in servers)
            proxy.Servers[$"{server.Listener}/{server.Server}"] = server.IsUp;
        return true;
    });

    /// <inheritdoc/>
    public Task ForgetAsync(InstanceTarget target, CancellationToken cancellationToken) =>
        MutateAsync(nameof(ForgetAsync), target.InstanceId.ToString()!, target, createRecord: false, _ => _rules.Forget(target.InstanceId!.Value, target.Generation));

    /// <inheritdoc/>
    public Task<IReadOnlySet<InstanceId>> ListInitialisedAsync(CancellationToken cancellationToken) => CallAsync<IReadOnlySet<InstanceId>>(
        nameof(ListInitialisedAsync), isMutation: false, () => host.Records.Values.Where(record => record.Initialised).Select(record => record.InstanceId).ToHashSet());

    /// <inheritdoc/>
    public Task<bool> IsEtcdHealthyAsync(InstanceId instance, CancellationToken cancellationToken) =>
        ReadAsync(nameof(IsEtcdHealthyAsync), () => fleet.Engine(_rules.Running(instance, ErrorReasons.EtcdUnreachable).Owner).HasQuorum);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EtcdMember>> ListEtcdMembersAsync(InstanceId instance, CancellationToken cancellationToken) =>
        ReadAsync(nameof(ListEtcdMembersAsync), () => Etcd(instance).HasQuorum ? Etcd(instance).Members : throw FakeAgentRules.Refused(ErrorReasons.NoQuorum, "no quorum"));

    /// <inheritdoc/>
    public Task AddEtcdMemberAsync(InstanceTarget target, string peerUrl, CancellationToken cancellationToken) =>
        MutateAsync(nameof(AddEtcdMemberAsync), peerUrl, target, createRecord: false, _ => Etcd(target.InstanceId!.Value).Add(peerUrl));

    /// <inheritdoc/>
    public async Task<bool> PromoteEtcdMemberAsync(InstanceTarget target, string memberId, CancellationToken cancellationToken)
    {
        var votes = false;
        await MutateAsync(nameof(PromoteEtcdMemberAsync), memberId, target, createRecord: false, _ => votes = Etcd(target.InstanceId!.Value).Promote(memberId));
        return votes;
    }

    /// <inheritdoc/>
    public Task RemoveEtcdMemberAsync(InstanceTarget target, string memberId, CancellationToken cancellationToken) =>
        MutateAsync(nameof(RemoveEtcdMemberAsync), memberId, target, createRecord: false, _ => Etcd(target.InstanceId!.Value).Remove(memberId));

    /// <inheritdoc/>
    public Task<EtcdKey?> FindEtcdKeyAsync(InstanceId instance, string key, int lengthMax, CancellationToken cancellationToken) =>
        ReadAsync(nameof(FindEtcdKeyAsync), () => Etcd(instance).Find(key) is not { } found || found.Value.Length <= lengthMax ? Etcd(instance).Find(key)
            : throw FakeAgentRules.Refused(ErrorReasons.EtcdRefused, $"the key {key} is too long"));

    /// <inheritdoc/>
    public async Task<bool> DeleteEtcdKeyAsync(InstanceTarget target, string key, EtcdKey expected, CancellationToken cancellationToken)
    {
        var isDeleted = false;
        await MutateAsync(nameof(DeleteEtcdKeyAsync), key, target, createRecord: false, _ => isDeleted = Etcd(target.InstanceId!.Value).Delete(key, expected));
        return isDeleted;
    }

    /// <inheritdoc/>
    public Task<PatroniReport> GetPatroniClusterAsync(InstanceId instance, CancellationToken cancellationToken) =>
        ReadAsync(nameof(GetPatroniClusterAsync), () => fleet.Engine(_rules.Running(instance, ErrorReasons.PatroniUnreachable).Owner).ReportOf(instance));

    /// <inheritdoc/>
    public Task SwitchoverAsync(InstanceTarget target, string leader, string candidate, CancellationToken cancellationToken) => MutateAsync(
        nameof(SwitchoverAsync), leader, target, createRecord: false,
        _ => fleet.Engine(_rules.Running(target.InstanceId!.Value, ErrorReasons.PatroniUnreachable).Owner).Switchover(leader, candidate));

    /// <inheritdoc/>
    public Task RestartPostgresAsync(InstanceTarget target, CancellationToken cancellationToken) => MutateAsync(
        nameof(RestartPostgresAsync), target.InstanceId!.Value.ToString(), target, createRecord: false,
        _ => fleet.Engine(_rules.Running(target.InstanceId!.Value, ErrorReasons.PatroniUnreachable).Owner).Restart(target.InstanceId!.Value));

    /// <inheritdoc/>
    public Task WakePatroniAsync(InstanceTarget target, CancellationToken cancellationToken) =>
        ReadAsync(nameof(WakePatroniAsync), () => fleet.Engine(_rules.Running(target.InstanceId!.Value, ErrorReasons.PatroniUnreachable).Owner).Wake());

    /// <inheritdoc/>
    public Task<SenderReport> GetReplicationAsync(InstanceId instance, CancellationToken cancellationToken) =>
        ReadAsync(nameof(GetReplicationAsync), () => fleet.Engine(_rules.Running(instance, ErrorReasons.PostgresUnreachable).Owner).Sender());

    /// <inheritdoc/>
    public Task<WalPosition> GetPositionAsync(InstanceId instance, CancellationToken cancellationToken) =>
        ReadAsync(nameof(GetPositionAsync), () => fleet.Engine(_rules.RunningServer(instance).Owner).PositionOf(instance));

    /// <inheritdoc/>
    public Task<bool> AnyRowAsync(InstanceId instance, string database, string sql, CancellationToken cancellationToken) =>
        ReadAsync(nameof(AnyRowAsync), () => sql == SessionsSql.AnyOfUsers ? fleet.Engine(_rules.RunningServer(instance).Owner).ReadSessions-- > 0
            : FakeSql.LifePattern().Match(sql) is { Success: true } match
            ? _rules.RunningServer(instance).Age <= FakeSql.MomentsOf(match)
            : FakeSql.AnyRow(Primary(instance), database, sql));

    /// <inheritdoc/>
    public Task ExecuteAsync(InstanceTarget target, string database, string sql, bool withoutTransaction, CancellationToken cancellationToken) => MutateAsync(
        nameof(ExecuteAsync), database, target, createRecord: false, _ => FakeSql.Execute(Primary(target.InstanceId!.Value), database, sql, withoutTransaction));

    private FakeEtcd Etcd(InstanceId instance) => fleet.Engine(_rules.Running(instance, ErrorReasons.EtcdUnreachable).Owner).Etcd;

    private FakeHeldPorts Hold(IReadOnlyList<PortTarget> ports, string token)
    {
        host.HeldPorts.RemoveAll(held => ports.Any(port => port.Port == held.Port)); // A later call takes over what an earlier one holds.
        var results = ports.Select(port => new PortCheck(port, !host.IsTaken(port.Port), host.IsTaken(port.Port) ? "address already in use" : "")).ToList();
        host.HeldPorts.AddRange(results.Where(result => result.Ok).Select(result => (process, token, result.Target.Port)));
        return new FakeHeldPorts(host, token, results);
    }

    private FakeEngine Primary(InstanceId instance)
    {
        var engine = fleet.Engine(_rules.Running(instance, ErrorReasons.PostgresUnreachable).Owner);
        return engine.Leader == instance ? engine : throw FakeAgentRules.Refused(ErrorReasons.SqlFailed, "cannot execute this in a read-only transaction");
    }

    private PortCheck Dial(PortTarget target, string token)
    {
        var to = fleet.Hosts.Single(other => other.Host.ClusterAddress == target.Address || other.Host.ClientAddress == target.Address);
        if (fleet.Blocked.Contains((host.Host.Name, to.Host.Name)))
            return new PortCheck(target, false, "timed out");
        return to.HeldPorts.Any(held => held.Port == target.Port && held.Token == token) ? new PortCheck(target, true, "") : new PortCheck(target, false, "connection refused");
    }

    private Task MutateAsync(string method, string name, InstanceTarget target, bool createRecord, Action<FakeRecord?> act) => CallAsync(method, isMutation: true, () =>
    {
        process.Point($"before {method} {name} on {host.Host.Name}");
        Obey(() => act(_rules.Admit(TicketFor(target), target, createRecord)));
        fleet.Audit.Add(new AuditEntry(host.Host.Name, method[..^"Async".Length], name));
        process.Point($"after {method} {name} on {host.Host.Name}");
        return true;
    });

    private Ticket TicketFor(InstanceTarget target) => target.InstanceId is { } instance
        ? identity.TicketFor(instance.ToString(), target.Generation)
        : identity.TicketFor(target.Owner == default ? "" : target.Owner.Id.ToString("D"), target.OwnerGeneration);

    private void Obey(Action act)
    {
        try
        {
            act();
        }
        catch (AgentRefusedException)
        {
            fleet.RefusalCount++;
            throw;
        }
    }

    private Task<T> ReadAsync<T>(string method, Func<T> act) => CallAsync(method, isMutation: false, () =>
        host.IsDockerUp ? act() : throw FakeAgentRules.Refused(ErrorReasons.DockerUnreachable, "the Docker Engine does not answer"));

    private Task<T> CallAsync<T>(string method, bool isMutation, Func<T> act)
    {
        return fleet.Hold(host, method) is { } hold ? HeldAsync() : CallNowAsync(method, isMutation, act);

        async Task<T> HeldAsync()
        {
            await hold;
            return await CallNowAsync(method, isMutation, act);
        }
    }

    private Task<T> CallNowAsync<T>(string method, bool isMutation, Func<T> act)
    {
        try
        {
            process.Check();
            var fault = fleet.Enter(host, method, isMutation);
            if (!host.IsLinked || fault == AgentFault.NotSent)
                throw new AgentUnavailableException($"{host.Host.Name} cannot be reached");
            if (fault == AgentFault.PostgresBusy)
                throw FakeAgentRules.Refused(ErrorReasons.PostgresUnreachable, "the server is starting up");
            var result = act();
            return fault == AgentFault.AnswerLost ? throw new AgentUnavailableException($"{host.Host.Name} did not answer in time") : Task.FromResult(result);
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}
