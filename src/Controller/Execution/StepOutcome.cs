namespace Agents.Controller.Execution;

/// <summary>What one try of a step came to.</summary>
internal abstract record StepOutcome
{
    private StepOutcome()
    {
    }

    /// <summary>The step is done.</summary>
    public sealed record Done(string Message) : StepOutcome;

    /// <summary>Not there yet: try again, at the earliest after the pause. At the step's limit it has failed for the reason.</summary>
    public sealed record Again(string Message, TimeSpan Pause = default, string Reason = "STEP_TIMED_OUT") : StepOutcome;

    /// <summary>It cannot be done, and trying again will not help.</summary>
    public sealed record Failed(string Reason, string Message) : StepOutcome;
}
