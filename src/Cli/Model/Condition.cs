namespace Agents.Cli.Model;

/// <summary>One aspect of a state.</summary>
internal sealed record Condition
{
    /// <summary>What it is about.</summary>
    public string Type { get; set; } = "";

    /// <summary>Whether it is a fault when it is true.</summary>
    public bool IsFault => Type is "TwoPrimaries" or "FailoverPaused";

    /// <summary>"True", "False" or "Unknown".</summary>
    public string Status { get; set; } = "";

    /// <summary>A constant.</summary>
    public string Reason { get; set; } = "";

    /// <summary>A sentence.</summary>
    public string Message { get; set; } = "";
}
