using Agents.Controller.Execution;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Testing.Fleet;

/// <content>Proofs of an end, fences, and what may give no answer.</content>
internal sealed partial class FakeAgentRules
{
    public ExitReport Exit(InstanceId instance)
    {
        RequireDocker();
        var record = host.Records.GetValueOrDefault(instance) ?? throw Refused(ErrorReasons.NotFound, $"instance {instance} is not known");
        var container = host.Containers.Values.SingleOrDefault(candidate => candidate.InstanceId == instance);
        var doubt = container is null or { IsRunning: true } ? "its container has not ended" : host.Undead.Contains(instance) ? "processes of its container are still there" : "";
        return new ExitReport(container is { IsRunning: true }, container?.Ended, doubt, record.FenceId);
    }

    public void Fence(FakeRecord record, string fenceId, ContainerLife life, int moments)
    {
        if (!Guid.TryParseExact(fenceId, "D", out _))
            throw Refused(ErrorReasons.InvalidArgument, "'fence_id' must be a hyphenated GUID.");
        if (record.FenceId == fenceId)
            return;
        if (record.EndedFences.Contains(fenceId))
            throw Refused(ErrorReasons.FenceEnded, $"the fence {fenceId} has ended");
        if (record.FenceId.Length > 0 && record.FenceLeft >= moments)
            throw Refused(ErrorReasons.FenceDiffers, $"instance {record.InstanceId} is fenced by {record.FenceId}");
        RequireDocker();
        if (host.Containers.Values.SingleOrDefault(candidate => candidate.InstanceId == record.InstanceId)?.Ended != life)
            throw Refused(ErrorReasons.LifeDiffers, $"instance {record.InstanceId} is not down since the end of that life");
        record.EndFence();
        (record.FenceId, record.FenceLeft) = (fenceId, moments);
    }

    public void Release(FakeRecord? record, string fenceId)
    {
        if (record is null)
            throw Refused(ErrorReasons.NotFound, "the instance is not known");
        if (record.FenceId.Length > 0 && record.FenceId != fenceId)
            throw Refused(ErrorReasons.FenceDiffers, $"instance {record.InstanceId} is fenced by {record.FenceId}");
        record.EndFence(fenceId);
    }

    public static void SetHangTimeout(FakeRecord? record, TimeSpan hangTimeout)
    {
        if (record is null)
            throw Refused(ErrorReasons.NotFound, "the instance is not known");
        if (hangTimeout < TimeSpan.Zero || hangTimeout > TimeSpan.FromHours(1))
            throw Refused(ErrorReasons.InvalidArgument, "'hang_timeout' must be 0 or more, and at most 3600 s.");
        record.HangTimeout = hangTimeout;
    }
}
