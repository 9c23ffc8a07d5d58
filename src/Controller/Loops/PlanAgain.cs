using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Loops;

/// <summary>
/// A create that met something in the way of its plan after the ports had been tried - a port that something took meanwhile, a network that overlaps, a power failure while its data
/// began - is undone and begins again with
/// another plan: some times, with growing pauses. Why stands among the operation's warnings.
/// </summary>
internal static class PlanAgain
{
    private const int PlansMax = 5;

    /// <summary>An operation that was undone as it begins again; null when it has failed for good.</summary>
    public static Operation? Of(Operation operation)
    {
        if (operation is not { Kind: OperationKinds.PostgresClusterCreate, CancelRequested: false, Error: { Reason: ErrorReasons.PortTaken or ErrorReasons.SubnetOverlap or ErrorReasons.BootstrapCut } error })
            return null;
        // What the step that plans could not plan around itself, another plan would not either.
        if (PlaceOf(operation) is not { State: OperationState.Succeeded, Undone: < PlansMax - 1 } place)
            return null;
        return operation.Warned($"planned again: {error.Message}") with
        {
            State = OperationState.Running,
            Error = null,
            Steps = [.. operation.Steps.Select(step => new OperationStep { Name = step.Name, Undone = step == place ? place.Undone + 1 : step.Undone })],
        };
    }

    /// <summary>How long an operation that begins again waits.</summary>
    public static TimeSpan PauseBefore(Operation operation) => TimeSpan.FromSeconds(Math.Pow(2, PlaceOf(operation)?.Undone ?? 0));

    private static OperationStep? PlaceOf(Operation operation) => operation.Steps.FirstOrDefault(step => step.Name == StepNames.Place);
}
