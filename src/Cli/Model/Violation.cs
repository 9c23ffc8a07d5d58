namespace Agents.Cli.Model;

/// <summary>A field that is wrong.</summary>
internal sealed record Violation
{
    /// <summary>Its JSON path.</summary>
    public string Path { get; set; } = "";

    /// <summary>What is wrong with it.</summary>
    public string Message { get; set; } = "";
}
