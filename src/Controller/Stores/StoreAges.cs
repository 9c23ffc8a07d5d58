namespace Agents.Controller.Stores;

/// <summary>The times before which nothing is kept.</summary>
/// <param name="Events">Of events: when they happened.</param>
/// <param name="Answers">Of first answers to request ids: when they were given.</param>
/// <param name="Operations">Of operations: when they ended.</param>
/// <param name="Clusters">Of deleted clusters: when they were deleted.</param>
internal sealed record StoreAges(DateTimeOffset Events, DateTimeOffset Answers, DateTimeOffset Operations, DateTimeOffset Clusters)
{
    /// <summary>A month of events, a day of answers, and three months of operations and of the names of what is gone: as long as agents remember what they were told to forget.</summary>
    public static StoreAges At(DateTimeOffset now) => new(now.AddDays(-30), now.AddDays(-1), now.AddDays(-90), now.AddDays(-90));
}
