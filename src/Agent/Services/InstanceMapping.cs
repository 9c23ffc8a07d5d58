using Agents.Agent.Instances;
using Agents.V1;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Agent.Services;

/// <summary>From instances to the contract's messages.</summary>
internal static class InstanceMapping
{
    /// <summary>An instance.</summary>
    public static Instance ToContract(this InstanceView status)
    {
        var record = status.Record;
        return new Instance
        {
            InstanceId = record.InstanceId,
            Owner = record.Owner.ToContract(),
            ControllerId = record.ControllerId,
            Kind = record.Kind,
            ContainerName = record.ContainerName,
            Generation = record.Generation,
            Want = status.FenceLeft is null ? ToContract(record.Want) : InstanceWant.Fenced,
            FenceRemaining = status.FenceLeft?.ToDuration(),
            ConfigHash = record.ConfigHash,
            Initialised = record.Initialised,
            Container = status.Container?.ToContract(),
            ExitProof = status.Proof?.ToContract(),
            Starts = status.Starts,
            StartError = status.StartError,
            ConfigComplete = record.ConfigComplete,
            FenceId = status.FenceLeft is null ? "" : record.Fence?.Id ?? "",
            RecordDamaged = status.IsDamaged,
            ImageLabel = record.ImageLabel,
            ExpiredFenceId = record.ExpiredFence,
            DataTrouble = record.DataTrouble,
            HangTimeout = record.HangTimeout == TimeSpan.Zero ? null : record.HangTimeout.ToDuration(),
            Hang = status.Hang,
        };
    }

    /// <summary>The life of a container that a request is about.</summary>
    public static Instances.ContainerLife ToLife(this V1.ContainerLife life) =>
        new(life.ContainerId, life.StartedAt?.ToDateTimeOffset() ?? default, life.FinishedAt?.ToDateTimeOffset() ?? default);

    private static V1.ExitProof ToContract(this Instances.ExitProof proof) => new()
    {
        ContainerId = proof.ContainerId,
        DockerExited = proof.DockerExited,
        InitProcessGone = proof.InitProcessGone,
        CgroupEmpty = proof.CgroupEmpty,
        RecordedBootId = proof.RecordedBootId,
        RecordedProcessId = proof.RecordedAgentProcessId,
        BootId = proof.BootId,
        ProcessId = proof.AgentProcessId,
        FinishedAt = ContainerMapping.ToTimestamp(proof.FinishedAt),
    };

    private static InstanceWant ToContract(InstanceState want) => want switch
    {
        InstanceState.Running => InstanceWant.Running,
        InstanceState.Stopped => InstanceWant.Stopped,
        InstanceState.Unspecified => InstanceWant.Unspecified,
    };
}
