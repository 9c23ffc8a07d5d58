namespace Agents.Agent.Instances;

/// <summary>Who commands and for which state of what; checked for form already.</summary>
/// <param name="ControllerId">The controller's store id.</param>
/// <param name="Ticket">The controller's right to command.</param>
/// <param name="Owner">The resource; <see cref="ResourceOwner.None"/> where the command is about none.</param>
/// <param name="OwnerGeneration">The resource's generation; at least 1 where there is one.</param>
/// <param name="InstanceId">The instance; empty for what belongs to none.</param>
/// <param name="Generation">The instance's generation; at least 1 where there is an instance.</param>
internal sealed record Command(string ControllerId, CommandTicket Ticket, ResourceOwner Owner, long OwnerGeneration, string InstanceId, long Generation)
{
    /// <summary>Whether the command is about one instance.</summary>
    public bool HasInstance => InstanceId.Length > 0;
}
