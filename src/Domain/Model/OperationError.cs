namespace Agents.Domain.Model;

/// <summary>Why an operation failed: a constant for programs and a sentence for people that says what to do.</summary>
public sealed record OperationError(string Reason, string Message);
