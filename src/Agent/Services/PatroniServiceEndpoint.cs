using System.Text.Json;
using Agents.Agent.Engines.Patroni;
using Agents.Agent.Engines.Patroni.Wire;
using Agents.Agent.Instances;
using Agents.Agent.Postgres;
using Agents.V1;
using Agents.Words;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>PatroniService of the contract.</summary>
internal sealed class PatroniServiceEndpoint(EngineInstances instances, PatroniClient patroni, ServerStatsReader stats) : PatroniService.PatroniServiceBase
{
    private static readonly TimeSpan _replicationTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _restartTimeoutMax = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override async Task<GetClusterResponse> GetCluster(GetClusterRequest request, ServerCallContext context)
    {
        var node = await instances.RequireAsync(request.InstanceId, InstanceKinds.Postgres, context.CancellationToken);
        var view = await patroni.GetClusterAsync(node, context.CancellationToken);
        var response = new GetClusterResponse { Members = { view.Cluster.Members.Select(Member) }, Paused = view.Cluster.Pause, SelfIsLeader = view.SelfIsLeader };
        if (view.SelfIsLeader)
            await AddReplicationAsync(response, node, context.CancellationToken);
        return response;
    }

    /// <summary>What the engine says is worth telling without it, too.</summary>
    private async Task AddReplicationAsync(GetClusterResponse response, LocalInstance node, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_replicationTimeout);
        try
        {
            var (replicas, lostSlots) = await stats.ReadReplicationAsync(PostgresServer.Of(node), limit.Token);
            response.Replication.AddRange(replicas);
            response.LostSlots.AddRange(lostSlots);
        }
        catch (Exception exception) when (exception is PostgresUnreachableException or SqlFailedException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public override async Task<GetConfigurationResponse> GetConfiguration(GetConfigurationRequest request, ServerCallContext context)
    {
        var node = await instances.RequireAsync(request.InstanceId, InstanceKinds.Postgres, context.CancellationToken);
        return new GetConfigurationResponse { Json = await patroni.GetConfigurationAsync(node, context.CancellationToken) };
    }

    /// <inheritdoc/>
    public override async Task<PatchConfigurationResponse> PatchConfiguration(PatchConfigurationRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        Requests.Require(IsObject(request.Json), "json", "must be a JSON object");
        var node = await instances.AdmitAsync(command, InstanceKinds.Postgres, context.CancellationToken);
        return new PatchConfigurationResponse { Json = await patroni.PatchConfigurationAsync(node, request.Json, context.CancellationToken) };
    }

    /// <inheritdoc/>
    public override async Task<WakeResponse> Wake(WakeRequest request, ServerCallContext context)
    {
        var node = await instances.AdmitAsync(CommandContexts.ReadInstance(request.Context), InstanceKinds.Postgres, context.CancellationToken);
        await patroni.WakeAsync(node, context.CancellationToken);
        return new WakeResponse();
    }

    /// <inheritdoc/>
    public override async Task<SwitchoverResponse> Switchover(SwitchoverRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        Requests.Require(request.Leader.Length > 0, "leader", "must be given");
        var node = await instances.AdmitAsync(command, InstanceKinds.Postgres, context.CancellationToken);
        return new SwitchoverResponse { Message = await patroni.SwitchoverAsync(node, request.Leader, request.Candidate, context.CancellationToken) };
    }

    /// <inheritdoc/>
    public override async Task<RestartPostgresResponse> RestartPostgres(RestartPostgresRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        TimeSpan? timeout = request.Timeout is null ? null : Requests.Limit("timeout", request.Timeout, _restartTimeoutMax, _restartTimeoutMax);
        var node = await instances.AdmitAsync(command, InstanceKinds.Postgres, context.CancellationToken);
        return new RestartPostgresResponse { Message = await patroni.RestartAsync(node, request.PendingOnly, timeout, context.CancellationToken) };
    }

    /// <inheritdoc/>
    public override async Task<ReinitializeResponse> Reinitialize(ReinitializeRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        var node = await instances.AdmitAsync(command, InstanceKinds.Postgres, context.CancellationToken);
        return new ReinitializeResponse { Message = await patroni.ReinitializeAsync(node, context.CancellationToken) };
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static PatroniMember Member(MemberAnswer member)
    {
        var shown = new PatroniMember
        {
            Name = member.Name,
            Role = member.Role,
            State = member.State,
            Host = member.Host ?? "",
            Port = member.Port ?? 0,
            Timeline = member.Timeline ?? 0,
            PendingRestart = member.PendingRestart,
        };
        if (member.Lag is { } lag)
            shown.LagBytes = lag;
        return shown;
    }
}
