namespace Agents.Cli.Model;

/// <summary>Why an operation failed.</summary>
internal sealed record OperationError
{
    /// <summary>A constant, as "PORT_BLOCKED".</summary>
    public string Reason { get; set; } = "";

    /// <summary>A sentence that says what to do.</summary>
    public string Message { get; set; } = "";
}
