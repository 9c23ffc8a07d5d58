namespace Agents.Domain.Model;

/// <summary>The time in which one process commanded from a store, told by the store's revisions.</summary>
/// <param name="Id">Random, made by the process: two copies of a store may give out the same epoch, never the same id.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="FirstRevision">The revision of the transaction that took it.</param>
/// <param name="LastRevision">The last revision before the next term; null while it goes on.</param>
public sealed record EpochTerm(string Id, long Epoch, long FirstRevision, long? LastRevision);
