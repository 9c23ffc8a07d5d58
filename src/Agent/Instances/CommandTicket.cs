namespace Agents.Agent.Instances;

/// <summary>What a controller hands out with a command, kept to be given back: this agent cannot check it.</summary>
/// <param name="Epoch">The controller's epoch; at least 1.</param>
/// <param name="EpochId">The process that took the epoch.</param>
/// <param name="StoreRevision">The revision of the controller's store.</param>
/// <param name="InstanceId">What the generation is of.</param>
/// <param name="Generation">The generation.</param>
/// <param name="Mac">The controller's proof in base 64.</param>
internal sealed record CommandTicket(long Epoch, string EpochId = "", long StoreRevision = 0, string InstanceId = "", long Generation = 0, string Mac = "")
{
    /// <summary>Whether its controller was followed by the one of another ticket: a lower epoch, or the same one taken by another process.</summary>
    public bool IsStaleAgainst(CommandTicket other) => Epoch < other.Epoch || (Epoch == other.Epoch && EpochId != other.EpochId);

    /// <summary>Whether it says more of its controller than another ticket: a higher epoch, and of that a higher revision.</summary>
    public bool IsAbove(CommandTicket other) => (Epoch, StoreRevision).CompareTo((other.Epoch, other.StoreRevision)) > 0;

    /// <summary>Whether it says more of its record than another ticket of it.</summary>
    public bool IsAfter(CommandTicket other) => (Epoch, Generation, StoreRevision).CompareTo((other.Epoch, other.Generation, other.StoreRevision)) > 0;
}
