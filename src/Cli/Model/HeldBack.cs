namespace Agents.Cli.Model;

/// <summary>Something that is left as it is though it is not as it should be.</summary>
internal sealed record HeldBack
{
    /// <summary>The instance; empty where it is the cluster as a whole.</summary>
    public string Instance { get; set; } = "";

    /// <summary>A constant.</summary>
    public string Reason { get; set; } = "";

    /// <summary>A sentence.</summary>
    public string Message { get; set; } = "";

    /// <summary>Since when it was seen so.</summary>
    public DateTimeOffset? Since { get; set; }
}
