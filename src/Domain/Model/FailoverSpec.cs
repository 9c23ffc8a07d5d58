namespace Agents.Domain.Model;

/// <summary>When another node is to lead.</summary>
public sealed record FailoverSpec
{
    /// <summary>For how long a primary may give no answer before its agent ends it; zero for as long as it likes.</summary>
    public TimeSpan? HangTimeout { get; init; }
}
