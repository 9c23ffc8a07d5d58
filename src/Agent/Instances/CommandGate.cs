using System.Globalization;
using Agents.Protocol;

namespace Agents.Agent.Instances;

/// <summary>
/// Lets commands through that are not stale, and makes them the highest seen before they are obeyed: what is acknowledged can never be undone by a command that was
/// sent before it and comes after it, not even across a crash of this process. All is checked before anything is raised: a command that is refused leaves no trace.
/// </summary>
internal sealed class CommandGate(ControllerTickets tickets, InstanceTable instances, NetworkTable networks, TimeProvider timeProvider)
{
    /// <summary>Lets a command through that is about nothing that has a record.</summary>
    public void Admit(Command command) => tickets.Admit(command.ControllerId, command.Ticket);

    /// <summary>
    /// Carries a command out while nothing else is done about its instance. An instance that has no record is given one only when <paramref name="createRecord"/> says so,
    /// and one that was forgotten never again. A record that could not be read is replaced only when <paramref name="acceptDamaged"/> says so.
    /// </summary>
    public Task<T> UseAsync<T>(
        Command command, bool createRecord, Func<InstanceSlot, Task<T>> action, CancellationToken cancellationToken, bool acceptDamaged = false) => instances.UseAsync(
        command.InstanceId,
        slot =>
        {
            Obey(slot, command, createRecord, acceptDamaged);
            return action(slot);
        },
        cancellationToken);

    /// <summary>Carries out a command that makes a network while nothing else is done about it.</summary>
    public Task<T> MakeNetworkAsync<T>(Command command, string network, Func<Task<T>> action, CancellationToken cancellationToken) => networks.UseAsync(
        network,
        record =>
        {
            if (record is { RemovedAt: not null } && command.OwnerGeneration == record.Generation)
                throw Stale($"network {network}", "was removed at", command.OwnerGeneration, record.Generation);
            Obey(record, command, network, removedAt: null);
            return action();
        },
        cancellationToken);

    /// <summary>Carries out a command that removes a network. The removal is on the disk before it: a crash in between leaves no way back for what was sent before.</summary>
    public Task<T> RemoveNetworkAsync<T>(Command command, string network, Func<Task<T>> action, CancellationToken cancellationToken) => networks.UseAsync(
        network,
        record =>
        {
            Obey(record, command, network, timeProvider.GetUtcNow());
            return action();
        },
        cancellationToken);

    /// <summary>The object is another controller's.</summary>
    public static CommandException OtherController(string what, string controllerId) => new(
        ErrorReasons.OtherController, $"The {what} belongs to the controller '{controllerId}' and is not touched.", ("controller_id", controllerId));

    private void Obey(InstanceSlot slot, Command command, bool createRecord, bool acceptDamaged)
    {
        if (slot.IsDamaged && !acceptDamaged)
            throw Damaged(command.InstanceId);
        if ((slot.Record ?? slot.Tombstone) is { } known)
            RequireObeyable($"instance {command.InstanceId}", known.ControllerId, command, command.Generation, known.Generation);
        if (slot.Record is null && slot.Tombstone is not null && createRecord)
            throw Forgotten(command.InstanceId);
        Admit(command);
        if (slot.Record is null && !createRecord)
            return;
        var record = slot.Record ?? Fresh(slot, command);
        instances.Save(slot, record with { Generation = command.Generation, Ticket = command.Ticket.IsAfter(record.Ticket) ? command.Ticket : record.Ticket });
    }

    private void Obey(NetworkRecord? record, Command command, string network, DateTimeOffset? removedAt)
    {
        if (record is not null)
            RequireObeyable($"network {network}", record.ControllerId, command, command.OwnerGeneration, record.Generation);
        Admit(command);
        networks.Save(new NetworkRecord
        {
            Name = network,
            ControllerId = command.ControllerId,
            Owner = command.Owner,
            Generation = command.OwnerGeneration,
            Ticket = record is null || command.Ticket.IsAfter(record.Ticket) ? command.Ticket : record.Ticket,
            RemovedAt = removedAt,
        });
    }

    // Nobody knows what a record that could not be read said: its instance counts as one that has data, which is not to be made anew over an empty volume.
    private static InstanceRecord Fresh(InstanceSlot slot, Command command) =>
        new() { InstanceId = command.InstanceId, ControllerId = command.ControllerId, Owner = command.Owner, Initialised = slot.IsDamaged };

    private static void RequireObeyable(string what, string controllerId, Command command, long given, long highest)
    {
        if (controllerId != command.ControllerId)
            throw OtherController(what, controllerId);
        if (given < highest)
            throw Stale(what, "obeyed", given, highest);
    }

    private static CommandException Forgotten(string instanceId) => new(
        ErrorReasons.NotFound, $"The instance {instanceId} was forgotten here, and the ids of instances are never used again.", ("instance_id", instanceId));

    private static CommandException Damaged(string instanceId) => new(
        ErrorReasons.RecordDamaged, $"The record of the instance {instanceId} could not be read, and a fresh one would hide what it said: look at its data, then accept that.",
        ("instance_id", instanceId));

    private static CommandException Stale(string what, string done, long given, long highest) => new(
        ErrorReasons.StaleGeneration, $"The {what} {done} generation {highest} before; generation {given} is stale.",
        ("highest_generation", highest.ToString(CultureInfo.InvariantCulture)));
}
