namespace Agents.Cli.Model;

/// <summary>What a verb would do.</summary>
internal sealed record VerbPlan
{
    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<string> Steps { get; set; } = [];

    /// <summary>What that means now.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];
}
