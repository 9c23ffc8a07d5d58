using System.Text.Json;
using Agents.Agent.Engines.Patroni;
using Agents.V1;
using Agents.Words;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>PatroniService of the contract.</summary>
internal sealed class PatroniServiceEndpoint(EngineInstances instances, IWatchedNodes nodes, NodeStreamer streamer, PatroniClient patroni) : PatroniService.PatroniServiceBase
{
    private static readonly TimeSpan _restartTimeoutMax = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override async Task<GetClusterResponse> GetCluster(GetClusterRequest request, ServerCallContext context) =>
        await nodes.ReadAsync(await instances.RequireAsync(request.InstanceId, InstanceKinds.Postgres, context.CancellationToken), context.CancellationToken);

    /// <inheritdoc/>
    public override Task WatchNodes(WatchNodesRequest request, IServerStreamWriter<WatchNodesResponse> responseStream, ServerCallContext context) =>
        streamer.StreamAsync(response => responseStream.WriteAsync(response, context.CancellationToken), context.CancellationToken);

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
}
