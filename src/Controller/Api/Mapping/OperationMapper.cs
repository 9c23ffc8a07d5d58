using Agents.Domain.Model;
using Agents.Domain.Planning;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Api.Mapping;

/// <summary>Operations, for the contract.</summary>
internal static class OperationMapper
{
    /// <summary>An operation.</summary>
    public static V1.Operation ToProto(Operation operation) => new()
    {
        Id = operation.Id.ToString(),
        Kind = operation.Kind,
        Project = operation.Project,
        ResourceId = operation.Resource.Id.ToString("D"),
        ResourceName = operation.ResourceName,
        State = ToProto(operation.State),
        Steps = { operation.Steps.Select(StepOf) },
        Error = operation.Error is { } error ? new V1.OperationError { Reason = error.Reason, Message = error.Message } : null,
        Cancellable = !operation.CancelRequested && OperationSteps.IsCancellable(operation),
        Principal = operation.Origin.Principal,
        SourceAddress = operation.Origin.SourceAddress,
        Reason = operation.Origin.Reason,
        RequestId = operation.Origin.RequestId,
        CreatedAt = operation.CreatedAt.ToTimestamp(),
        UpdatedAt = operation.UpdatedAt.ToTimestamp(),
        EndedAt = operation.EndedAt?.ToTimestamp(),
        Warnings = { operation.Warnings },
    };

    private static V1.OperationStep StepOf(OperationStep step) => new()
    {
        Name = step.Name,
        State = ToProto(step.State),
        Message = step.Message,
        StartedAt = step.StartedAt?.ToTimestamp(),
        EndedAt = step.EndedAt?.ToTimestamp(),
    };

    private static V1.OperationState ToProto(OperationState state) => state switch
    {
        OperationState.Pending => V1.OperationState.Pending,
        OperationState.Running => V1.OperationState.Running,
        OperationState.Succeeded => V1.OperationState.Succeeded,
        OperationState.Failed => V1.OperationState.Failed,
        OperationState.Cancelled => V1.OperationState.Cancelled,
        OperationState.Undoing => V1.OperationState.Undoing,
        OperationState.SucceededPendingHosts => V1.OperationState.SucceededPendingHosts,
    };
}
