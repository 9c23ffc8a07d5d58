namespace Agents.Domain.Model;

/// <summary>
/// What an agent keeps of the last command that it obeyed, and gives back: from when in a store's life the command was. It is believed only with the mark that the controller made on it.
/// </summary>
/// <param name="Epoch">The epoch of the process that commanded.</param>
/// <param name="EpochId">The id of its term.</param>
/// <param name="StoreRevision">The last revision of the store that the process knew to be durable.</param>
/// <param name="SubjectId">The instance, or the owner of what belongs to none; empty for the host as a whole.</param>
/// <param name="Generation">The generation of that; 0 without one.</param>
public sealed record Ticket(long Epoch, string EpochId, long StoreRevision, string SubjectId, long Generation)
{
    /// <summary>Above all generations that were ever given out: what names a higher one is nobody's word.</summary>
    public const long GenerationMax = 1L << 40;

    /// <summary>
    /// Whether a store with these terms cannot have given out this ticket though it bears our mark: then the store is a copy of an older day, put back, and whatever was
    /// commanded since is not in it. This is certain however far the copy has come in the meantime, since its terms have other ids.
    /// </summary>
    public bool IsFromALaterStore(IEnumerable<EpochTerm> terms, long revision) =>
        terms.FirstOrDefault(term => term.Id == EpochId) is not { } term || StoreRevision > (term.LastRevision ?? revision);
}
