namespace Agents.Controller.Stores;

/// <summary>An event with its place in the outbox.</summary>
/// <param name="Sequence">Its place: ever rising.</param>
/// <param name="Event">The event.</param>
internal sealed record StoredEvent(long Sequence, NewEvent Event);
