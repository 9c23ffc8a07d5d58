using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>One small idempotent thing to do, with the reason.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Instance">To which instance.</param>
/// <param name="Reason">Why.</param>
public sealed record PlannedAction(ActionKind Kind, Instance Instance, string Reason);
