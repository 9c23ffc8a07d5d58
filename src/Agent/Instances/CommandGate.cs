using System.Globalization;
using Agents.Protocol;

namespace Agents.Agent.Instances;

/// <summary>
/// Lets commands through that are not stale, and makes them the highest seen before they are obeyed: what is acknowledged can never be undone by a command that was
/// sent before it and comes after it, not even across a crash of this process.
/// </summary>
internal sealed class CommandGate(EpochStore epochs, InstanceTable table)
{
    /// <summary>Lets a controller through whose epoch is not stale.</summary>
    public void Admit(string controllerId, long epoch)
    {
        if (!epochs.TryRaise(controllerId, epoch))
            throw Stale(ErrorReasons.StaleEpoch, "A controller with epoch {1} was obeyed before; epoch {0} is stale.", epoch, epochs.Highest(controllerId), "highest_epoch");
    }

    /// <summary>
    /// Carries a command out while nothing else is done about its instance. A command without an instance is given a slot without a record. An instance that has no
    /// record is given one only when <paramref name="createRecord"/> says so, and one that was forgotten never again.
    /// </summary>
    public Task<T> UseAsync<T>(Command command, bool createRecord, Func<InstanceSlot, Task<T>> action, CancellationToken cancellationToken)
    {
        Admit(command.ControllerId, command.Ticket.Epoch);
        if (!command.HasInstance)
            return action(new InstanceSlot(""));
        return table.UseAsync(
            command.InstanceId,
            slot =>
            {
                Raise(slot, command, createRecord);
                return action(slot);
            },
            cancellationToken);
    }

    private void Raise(InstanceSlot slot, Command command, bool createRecord)
    {
        if ((slot.Record ?? slot.Tombstone) is { } known)
            RequireObeyable(known, command);
        if (slot.Record is null && slot.Tombstone is not null && createRecord)
            throw Forgotten(command.InstanceId);
        if (slot.Record is null && !createRecord)
            return;
        var record = slot.Record ?? new InstanceRecord { InstanceId = command.InstanceId, ControllerId = command.ControllerId, Owner = command.Owner };
        table.Save(slot, record with { Generation = command.Generation, Ticket = command.Ticket });
    }

    private static void RequireObeyable(InstanceRecord known, Command command)
    {
        if (known.ControllerId != command.ControllerId)
            throw OtherController($"instance {command.InstanceId}", known.ControllerId);
        if (command.Generation < known.Generation)
            throw Stale(
                ErrorReasons.StaleGeneration, "Generation {1} of the instance was obeyed before; generation {0} is stale.", command.Generation, known.Generation, "highest_generation");
    }

    /// <summary>The object is another controller's.</summary>
    public static CommandException OtherController(string what, string controllerId) => new(
        ErrorReasons.OtherController, $"The {what} belongs to the controller '{controllerId}' and is not touched.", ("controller_id", controllerId));

    private static CommandException Forgotten(string instanceId) => new(
        ErrorReasons.NotFound, $"The instance {instanceId} was forgotten here, and the ids of instances are never used again.", ("instance_id", instanceId));

    private static CommandException Stale(string reason, string format, long given, long highest, string key) => new(
        reason, string.Format(CultureInfo.InvariantCulture, format, given, highest), (key, highest.ToString(CultureInfo.InvariantCulture)));
}
