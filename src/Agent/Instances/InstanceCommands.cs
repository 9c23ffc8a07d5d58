using Agents.Agent.Docker;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Instances;

/// <summary>Carries out what is said about instances. Each answers only when the record is on the disk.</summary>
internal sealed class InstanceCommands(
    CommandGate gate, InstanceTable table, InstanceStarter starter, InstanceReader reader, FenceClock fences, RestartClock restarts,
    IDockerContainers containers, IDockerVolumes volumes, TimeProvider timeProvider, ILogger<InstanceCommands> logger)
{
    /// <summary>How long a fence lasts when nothing is said.</summary>
    public static readonly TimeSpan FenceDurationDefault = TimeSpan.FromSeconds(60);

    /// <summary>How long a fence lasts at the most.</summary>
    public static readonly TimeSpan FenceDurationMax = TimeSpan.FromSeconds(600);

    /// <summary>
    /// Says whether the instance is to run. Starting is tried at once; stopping is left to <see cref="InstanceSupervisor"/>, which sees the change. <see cref="Wanted.Rebuild"/> starts it
    /// once over a volume in which its data is not any more, for it to get that from others.
    /// </summary>
    public Task<InstanceView> SetWantAsync(Command command, Wanted wanted, bool acceptDamaged, CancellationToken cancellationToken) =>
        gate.UseAsync(command, createRecord: true, slot => SetWantAsync(slot, wanted, cancellationToken), cancellationToken, acceptDamaged);

    /// <summary>
    /// Makes sure that the instance is not started before a release or a deadline; with a life only while that is its last one. The same fence again changes nothing; another must last
    /// longer; one that has ended is over for good.
    /// </summary>
    public Task<InstanceView> FenceAsync(Command command, string fenceId, ContainerLife? life, TimeSpan? duration, string reason, CancellationToken cancellationToken)
    {
        var asked = duration ?? FenceDurationDefault;
        if (asked <= TimeSpan.Zero || asked > FenceDurationMax)
            throw new CommandException(ErrorReasons.InvalidArgument, $"'duration' must be above 0 and at most {FenceDurationMax.TotalSeconds} s.", ("field", "duration"));
        return gate.UseAsync(command, createRecord: true, slot => FenceAsync(slot, fenceId, life, asked, reason, cancellationToken), cancellationToken);
    }

    /// <summary>Ends the fence that is named; the instance is started again, if it was wanted running, without further waiting.</summary>
    public Task<InstanceView> ReleaseAsync(Command command, string fenceId, CancellationToken cancellationToken) => gate.UseAsync(
        command, createRecord: false,
        slot =>
        {
            if (slot.Record is not { } record)
                throw Unknown(command);
            if (fences.IsFenced(record) && record.Fence!.Id != fenceId)
                throw Differs(record, fenceId);
            if (record.Fence is { } fence)
            {
                restarts.Allow(slot.Restart);
                logger.InstanceReleased(slot.InstanceId, fence.Id);
            }

            table.Save(slot, record.WithoutFence(fenceId)); // Also of one that is still under way.
            return Answer(slot);
        },
        cancellationToken);

    /// <summary>Says for how long the instance may give no answer while it leads; zero for ever.</summary>
    public Task<InstanceView> SetHangTimeoutAsync(Command command, TimeSpan hangTimeout, CancellationToken cancellationToken) => gate.UseAsync(
        command, createRecord: false,
        slot =>
        {
            if (slot.Record is not { } record)
                throw Unknown(command);
            table.Save(slot, record with { HangTimeout = hangTimeout });
            return Answer(slot);
        },
        cancellationToken);

    /// <summary>Forgets an instance of which nothing is left, but for its generation. Returns whether it was known.</summary>
    public Task<bool> ForgetAsync(Command command, bool acceptDamaged, CancellationToken cancellationToken) =>
        gate.UseAsync(command, createRecord: false, slot => ForgetAsync(slot, command, cancellationToken), cancellationToken, acceptDamaged);

    private async Task<InstanceView> FenceAsync(InstanceSlot slot, string fenceId, ContainerLife? life, TimeSpan duration, string reason, CancellationToken cancellationToken)
    {
        var record = slot.Record!;
        var isFenced = fences.IsFenced(record);
        if (record.Fence?.Id == fenceId && isFenced)
            return await Answer(slot);
        if (record.Fence?.Id == fenceId || record.HasEnded(fenceId))
            throw new CommandException(ErrorReasons.FenceEnded, $"The fence {fenceId} has ended, and does not begin again.", ("fence_id", fenceId));
        if (isFenced && fences.Left(record) >= duration)
            throw Differs(record, fenceId);
        if (life is not null && life != await FindEndedAsync(record, cancellationToken))
            throw new CommandException(
                ErrorReasons.LifeDiffers, $"The container of the instance {slot.InstanceId} is not down since {life.FinishedAt:O}: it runs, or has run since.", ("container_id", life.ContainerId));
        var old = record.Fence is { } replaced ? record.WithoutFence(replaced.Id) : record;
        table.Save(slot, old with { Fence = fences.Begin(fenceId, duration, reason) });
        logger.InstanceFenced(slot.InstanceId, fenceId, duration, reason);
        return await Answer(slot);
    }

    private async Task<ContainerLife?> FindEndedAsync(InstanceRecord record, CancellationToken cancellationToken) =>
        record.ContainerName.Length == 0 ? null : ContainerLife.EndedOf(await containers.FindAsync(record.ContainerName, cancellationToken));

    private async Task<InstanceView> SetWantAsync(InstanceSlot slot, Wanted wanted, CancellationToken cancellationToken)
    {
        if (wanted.State == InstanceState.Running)
            await RequireRunnableAsync(slot, wanted, cancellationToken);
        else
            await starter.LookAgainAsync(slot, cancellationToken);

        var isNew = slot.Record!.Want != wanted.State;
        var record = slot.Record with { Want = wanted.State, Initialised = slot.Record.Initialised || wanted.Initialised };
        table.Save(slot, record);
        if (isNew)
        {
            logger.WantChanged(slot.InstanceId, wanted.State);
            slot.Restart.Failures = 0;
        }

        // Of one that has no data yet the controller can still change the port; one that has it is kept trying, as its record says.
        if (wanted.State == InstanceState.Running && (isNew || wanted.Rebuild)
            && await starter.StartAsync(slot, wanted.Rebuild, cancellationToken) is { } conflict && !record.Initialised)
        {
            table.Save(slot, record with { Want = InstanceState.Stopped });
            throw conflict;
        }

        return await Answer(slot);
    }

    private async Task RequireRunnableAsync(InstanceSlot slot, Wanted wanted, CancellationToken cancellationToken)
    {
        var record = slot.Record!;
        if (fences.IsFenced(record))
            throw new CommandException(ErrorReasons.Fenced, $"The instance is fenced ({record.Fence!.Reason}): release it first.", ("instance_id", record.InstanceId));
        if (wanted.ConfigHash.Length > 0 && (wanted.ConfigHash != record.ConfigHash || !record.ConfigComplete))
            throw new CommandException(
                ErrorReasons.ConfigMissing, "The configuration on the volume is not the expected one, or not complete: write it first.",
                ("expected", wanted.ConfigHash), ("found", record.ConfigHash));
        var container = await starter.RequireStartableAsync(record, cancellationToken);
        await starter.RequireDataAsync(slot, container, record.Initialised || wanted.Initialised, wanted.Rebuild, cancellationToken);
    }

    private async Task<bool> ForgetAsync(InstanceSlot slot, Command command, CancellationToken cancellationToken)
    {
        var label = $"{ObjectLabels.Instance}={slot.InstanceId}";
        if ((await containers.ListAsync(label, cancellationToken)).Count > 0 || (await volumes.ListAsync(label, cancellationToken)).Count > 0)
            throw new CommandException(
                ErrorReasons.ContainerExists, "The instance still has a container or volumes on this host: remove them first.", ("instance_id", slot.InstanceId));
        if (slot.Record is null && slot.Tombstone is not null)
            return false;
        var isKnown = slot.Record is not null || slot.IsDamaged;
        table.Bury(slot, new InstanceRecord
        {
            InstanceId = command.InstanceId,
            Owner = command.Owner,
            ControllerId = command.ControllerId,
            Ticket = command.Ticket,
            Generation = command.Generation,
            ForgottenAt = timeProvider.GetUtcNow(),
        });
        logger.InstanceForgotten(slot.InstanceId);
        return isKnown;
    }

    private Task<InstanceView> Answer(InstanceSlot slot) => Task.FromResult(reader.Show(slot)!);

    private static CommandException Differs(InstanceRecord record, string fenceId) => new(
        ErrorReasons.FenceDiffers, $"The instance is fenced by {record.Fence!.Id} ({record.Fence.Reason}), not by {fenceId}.", ("fence_id", record.Fence.Id));

    private static CommandException Unknown(Command command) =>
        new(ErrorReasons.NotFound, $"This host has no record of the instance {command.InstanceId}.", ("instance_id", command.InstanceId));

    /// <summary>What an instance is to be.</summary>
    /// <param name="State">Running or stopped.</param>
    /// <param name="ConfigHash">The configuration that must be there to run; empty for any.</param>
    /// <param name="Initialised">Whether it has data from now on.</param>
    /// <param name="Rebuild">Whether it may be started once over a volume that has been emptied.</param>
    internal readonly record struct Wanted(InstanceState State, string ConfigHash, bool Initialised, bool Rebuild);
}
