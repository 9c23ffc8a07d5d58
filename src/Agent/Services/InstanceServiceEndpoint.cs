using Agents.Agent.Instances;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>InstanceService of the contract.</summary>
internal sealed class InstanceServiceEndpoint(InstanceCommands commands, InstanceReader reader) : InstanceService.InstanceServiceBase
{
    private static readonly TimeSpan _hangTimeoutMax = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override Task<ListInstancesResponse> ListInstances(ListInstancesRequest request, ServerCallContext context) =>
        Task.FromResult(new ListInstancesResponse { Instances = { reader.List().Select(instance => instance.ToContract()) } });

    /// <inheritdoc/>
    public override async Task<GetInstanceResponse> GetInstance(GetInstanceRequest request, ServerCallContext context) =>
        new() { Instance = (await reader.GetAsync(request.InstanceId, context.CancellationToken)).ToContract() };

    /// <inheritdoc/>
    public override async Task<SetWantResponse> SetWant(SetWantRequest request, ServerCallContext context)
    {
        Requests.Require(request.Want is InstanceWant.Running or InstanceWant.Stopped, "want", "must be RUNNING or STOPPED");
        var wanted = new InstanceCommands.Wanted(
            request.Want == InstanceWant.Running ? InstanceState.Running : InstanceState.Stopped, request.ConfigHash, request.Initialised, request.Rebuild);
        var command = CommandContexts.ReadInstance(request.Context);
        var instance = await commands.SetWantAsync(command, wanted, request.AcceptDamagedRecord, context.CancellationToken);
        return new SetWantResponse { Instance = instance.ToContract() };
    }

    /// <inheritdoc/>
    public override async Task<FenceResponse> Fence(FenceRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        RequireFenceId(request.FenceId);
        var instance = await commands.FenceAsync(command, request.FenceId, request.Life?.ToLife(), request.Duration?.ToTimeSpan(), request.Reason, context.CancellationToken);
        return new FenceResponse { Instance = instance.ToContract() };
    }

    /// <inheritdoc/>
    public override async Task<ReleaseResponse> Release(ReleaseRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        RequireFenceId(request.FenceId);
        return new() { Instance = (await commands.ReleaseAsync(command, request.FenceId, context.CancellationToken)).ToContract() };
    }

    /// <inheritdoc/>
    public override async Task<SetHangTimeoutResponse> SetHangTimeout(SetHangTimeoutRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        var hangTimeout = request.HangTimeout?.ToTimeSpan() ?? TimeSpan.Zero;
        Requests.Require(hangTimeout >= TimeSpan.Zero && hangTimeout <= _hangTimeoutMax, "hang_timeout", $"must be 0 or more, and at most {_hangTimeoutMax.TotalSeconds} s");
        return new SetHangTimeoutResponse { Instance = (await commands.SetHangTimeoutAsync(command, hangTimeout, context.CancellationToken)).ToContract() };
    }

    /// <inheritdoc/>
    public override async Task<ForgetInstanceResponse> ForgetInstance(ForgetInstanceRequest request, ServerCallContext context)
    {
        await commands.ForgetAsync(CommandContexts.ReadInstance(request.Context), request.AcceptDamagedRecord, context.CancellationToken);
        return new ForgetInstanceResponse();
    }

    private static void RequireFenceId(string fenceId) => Requests.Require(Guid.TryParseExact(fenceId, "D", out _), "fence_id", "must be a hyphenated GUID");
}
