using System.Collections.Immutable;

namespace Agents.Domain.Model;

/// <summary>A long-running request: fixed steps, each logged before and after it is done.</summary>
public sealed record Operation
{
    /// <summary>The most warnings of an operation.</summary>
    public const int WarningsMax = 20;

    /// <summary>Its id.</summary>
    public required OperationId Id { get; init; }

    /// <summary>What it does: one of <see cref="OperationKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The project.</summary>
    public required string Project { get; init; }

    /// <summary>The resource that it is about.</summary>
    public required ResourceRef Resource { get; init; }

    /// <summary>The resource's name.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Its state.</summary>
    public required OperationState State { get; init; }

    /// <summary>Its steps, in order; fixed at the start.</summary>
    public required ImmutableArray<OperationStep> Steps { get; init; }

    /// <summary>What the steps need to know, as JSON of the kind's own record; never a secret.</summary>
    public required string Arguments { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public OperationError? Error { get; init; }

    /// <summary>Whether its end was asked for.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>What deserves a look though nothing failed.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Who asked for it, from where, why and under which request id.</summary>
    public required Origin Origin { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Raised with every change, across all operations: what a watcher resumes from.</summary>
    public long Sequence { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool IsDone => State is OperationState.Succeeded or OperationState.Failed or OperationState.Cancelled;

    /// <summary>The same with one more warning, said once. Where there are as many as there may be, the oldest makes room: what somebody repeats for ever fills no store.</summary>
    public Operation Warned(string warning)
    {
        if (Warnings.Contains(warning))
            return this;
        return this with { Warnings = [.. Warnings.Skip(Warnings.Length - WarningsMax + 1), warning] };
    }

    /// <summary>The same with a warning in the place of those that begin as it does.</summary>
    /// <param name="beginning">How it begins.</param>
    /// <param name="rest">How it goes on.</param>
    public Operation Warned(string beginning, string rest) =>
        (this with { Warnings = [.. Warnings.Where(warning => !warning.StartsWith(beginning, StringComparison.Ordinal))] }).Warned(beginning + rest);
}
