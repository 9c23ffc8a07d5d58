using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>An operation that the controller begins by itself, with the reason.</summary>
/// <param name="Kind">What it does: one of <see cref="OperationKinds"/>.</param>
/// <param name="Instance">About which instance.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsUrgent">Whether it begins at once: otherwise what it is for must stand for a while.</param>
/// <param name="Ended">The life of the instance's container whose end it is for; null where it is for nothing such.</param>
public sealed record PlannedOperation(string Kind, Instance Instance, string Reason, bool IsUrgent = false, ContainerLife? Ended = null);
