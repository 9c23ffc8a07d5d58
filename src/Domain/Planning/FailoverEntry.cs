using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>A change of who leads a cluster, or a try at one.</summary>
public sealed record FailoverEntry
{
    /// <summary>When the operation was begun, or where there was none, by the clock of the new primary's host; null where that is not written down or makes no sense.</summary>
    public required DateTimeOffset? At { get; init; }

    /// <summary>The operation that brought it about; null where the engine did it by itself, or somebody had asked the engine directly.</summary>
    public Operation? Operation { get; init; }

    /// <summary>The node that led before; empty where that is not known.</summary>
    public required string From { get; init; }

    /// <summary>The node that led from then on; empty where none did, or it is not known.</summary>
    public required string To { get; init; }

    /// <summary>The timeline that began; 0 where none did, or it is not written down yet.</summary>
    public int Timeline { get; init; }

    /// <summary>Where the timeline before it ended; empty where that is not known.</summary>
    public string Lsn { get; init; } = "";

    /// <summary>How long it was from the operation's beginning, or from the engine being asked, until the new primary was seen to take writes; null where nobody did.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>What was seen and done, in the words of the operation's steps.</summary>
    public string Evidence { get; init; } = "";
}
