using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>An operation that the controller begins by itself, with the reason.</summary>
/// <param name="Kind">What it does: one of <see cref="OperationKinds"/>.</param>
/// <param name="Instance">About which instance.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsUrgent">Whether it begins at once: otherwise what it is for must stand for a while.</param>
public sealed record PlannedOperation(string Kind, Instance Instance, string Reason, bool IsUrgent = false);
