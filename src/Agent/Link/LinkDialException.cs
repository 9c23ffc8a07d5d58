namespace Agents.Agent.Link;

/// <summary>A dial that came to nothing, and how.</summary>
internal sealed class LinkDialException(DialFailure failure, string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How it failed.</summary>
    public DialFailure Failure { get; } = failure;

    /// <summary>The reason that the controller gave; empty when it gave none.</summary>
    public string Reason { get; } = reason;
}
