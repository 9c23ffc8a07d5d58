namespace Agents.Domain.Model;

/// <summary>Who asked for something: recorded with every operation and event.</summary>
/// <param name="Principal">The token's name, or "controller" for what the controller does by itself.</param>
/// <param name="SourceAddress">The caller's address; empty for the system itself.</param>
/// <param name="Reason">Why, in the caller's words.</param>
/// <param name="RequestId">The caller's request id.</param>
public sealed record Origin(string Principal, string SourceAddress, string Reason, string RequestId)
{
    /// <summary>The system itself.</summary>
    public static Origin System { get; } = new("system", "", "", "");
}
