namespace Agents.Domain.Model;

/// <summary>One thing that is wrong with a request: the path of the field, as "spec.node_count", and a sentence that says what to do.</summary>
public sealed record Violation(string Path, string Message);
