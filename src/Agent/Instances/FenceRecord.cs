namespace Agents.Agent.Instances;

/// <summary>A fence as it stands in a record. Under another boot id than its own the whole duration counts anew: nothing is known of the time between.</summary>
/// <param name="Id">Its id: a release names the fence that it ends.</param>
/// <param name="Duration">How long it lasts at the most.</param>
/// <param name="BootId">The boot under which the deadline means something.</param>
/// <param name="Deadline">When it ends, in time since that boot.</param>
/// <param name="Reason">Why it was set.</param>
internal sealed record FenceRecord(string Id, TimeSpan Duration, string BootId, TimeSpan Deadline, string Reason);
