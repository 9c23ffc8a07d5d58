namespace Agents.Cli.Model;

/// <summary>One page of a collection. The items stay JSON, so that pages can be put together as they came.</summary>
internal sealed record PageCursor
{
    /// <summary>Where to go on; empty at the end.</summary>
    public string NextPageToken { get; set; } = "";
}
