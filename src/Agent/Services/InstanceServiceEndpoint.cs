using Agents.Agent.Instances;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>InstanceService of the contract.</summary>
internal sealed class InstanceServiceEndpoint(InstanceCommands commands, InstanceReader reader) : InstanceService.InstanceServiceBase
{
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
        var want = request.Want == InstanceWant.Running ? InstanceState.Running : InstanceState.Stopped;
        var command = CommandContexts.ReadInstance(request.Context);
        return new() { Instance = (await commands.SetWantAsync(command, want, request.ConfigHash, request.Initialised, context.CancellationToken)).ToContract() };
    }

    /// <inheritdoc/>
    public override async Task<FenceResponse> Fence(FenceRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        return new() { Instance = (await commands.FenceAsync(command, request.Duration?.ToTimeSpan(), request.Reason, context.CancellationToken)).ToContract() };
    }

    /// <inheritdoc/>
    public override async Task<ReleaseResponse> Release(ReleaseRequest request, ServerCallContext context) =>
        new() { Instance = (await commands.ReleaseAsync(CommandContexts.ReadInstance(request.Context), context.CancellationToken)).ToContract() };

    /// <inheritdoc/>
    public override async Task<ForgetInstanceResponse> ForgetInstance(ForgetInstanceRequest request, ServerCallContext context)
    {
        await commands.ForgetAsync(CommandContexts.ReadInstance(request.Context), context.CancellationToken);
        return new ForgetInstanceResponse();
    }
}
