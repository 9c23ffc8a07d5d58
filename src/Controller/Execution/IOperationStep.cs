namespace Agents.Controller.Execution;

/// <summary>One step of an operation. Doing it twice is doing it once; it may be stopped anywhere and begun again by another process.</summary>
internal interface IOperationStep
{
    /// <summary>Its name, as people see it.</summary>
    string Name { get; }

    /// <summary>How long it may take before the operation is given up.</summary>
    TimeSpan Limit { get; }

    /// <summary>Tries it once. An <see cref="AgentUnavailableException"/> is taken as "not there yet", an <see cref="AgentRefusedException"/> as a failure.</summary>
    Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken);
}
