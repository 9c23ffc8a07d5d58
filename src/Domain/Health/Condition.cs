namespace Agents.Domain.Health;

/// <summary>One aspect of a resource's state.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="Status">True, False, or null for unknown.</param>
/// <param name="Reason">A constant for programs.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record Condition(string Type, bool? Status, string Reason, string Message);
