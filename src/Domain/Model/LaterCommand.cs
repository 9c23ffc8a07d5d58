namespace Agents.Domain.Model;

/// <summary>Something that an agent has obeyed and the store knows nothing of. While there is any, what it concerns is only observed, until a person confirms that the store was put back on purpose.</summary>
/// <param name="HostId">The host whose agent has obeyed it.</param>
/// <param name="Ticket">What it was commanded with.</param>
/// <param name="Owner">The only resource that it concerns, where the term is one of the store's; null when the whole store is older.</param>
public sealed record LaterCommand(HostId HostId, Ticket Ticket, ResourceRef? Owner);
