using System.Collections.Concurrent;
using Agents.Controller.Execution;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Protocol;

namespace Agents.Controller.Loops;

/// <summary>
/// Takes one operation one try further. Every step is logged before its first try and after its end, so that another process goes on where this one stopped;
/// between the two the step may have been done, which is why each can be done twice.
/// </summary>
internal sealed class OperationTurn(IStore store, StoreSnapshots snapshots, Recipes recipes, OperationPauses pauses, TimeProvider timeProvider, ILogger<OperationTurn> logger)
{
    private const string Cancelled = "CANCELLED";
    private const string AfterFailure = "after a failure";

    /// <summary>How long it is tried to do what follows a failure.</summary>
    private static readonly TimeSpan _afterFailureMax = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(OperationId Operation, string Step), long> _firstTries = new();
    private readonly OperationLog _log = new(store, pauses, timeProvider);

    /// <summary>One try. Returns whether trying again at once makes sense.</summary>
    public async Task<bool> TurnAsync(OperationId id, CancellationToken cancellationToken)
    {
        if (!pauses.IsOver(id))
            return false;
        var context = await ReadAsync(id, cancellationToken);
        if (context is null || context.Operation.IsDone || context.Operation.State == OperationState.SucceededPendingHosts)
        {
            pauses.End(id);
            return false;
        }

        var recipe = recipes.Of(context.Operation.Kind, context.Cluster.Effective.Engine);
        if (context.Operation.State == OperationState.Undoing)
            return await UndoAsync(context, recipe, cancellationToken);
        if (context.Operation.CancelRequested && OperationSteps.IsCancellable(context.Operation))
            return await BeginUndoAsync(context, new OperationError(Cancelled, "its end was asked for"), cancellationToken);

        var index = context.Operation.Steps.ToList().FindIndex(step => step.State != OperationState.Succeeded);
        return index < 0 ? await FinishAsync(context, recipe, cancellationToken) : await StepAsync(context, recipe, index, cancellationToken);
    }

    private async Task<StepContext?> ReadAsync(OperationId id, CancellationToken cancellationToken)
    {
        var hostNames = (await snapshots.ReadAsync(cancellationToken)).HostNames;
        return await store.ReadAsync(
            reader =>
            {
                if (reader.FindOperation(id) is not { } operation)
                    return null;
                var cluster = Invariant.NotNull(reader.FindCluster(operation.Resource.ClusterId), "the cluster of an operation exists");
                return new StepContext(operation, cluster, reader.ListInstances(cluster.Ref), hostNames);
            },
            cancellationToken);
    }

    private async Task<bool> StepAsync(StepContext context, OperationRecipe recipe, int index, CancellationToken cancellationToken)
    {
        var logged = context.Operation.Steps[index];
        if (recipe.Steps.GetValueOrDefault(logged.Name) is not { } step)
            return await HoldUnknownAsync(context, index, logged, cancellationToken);
        if (logged.State == OperationState.Failed && context.Operation.Error is { } failure)
            return await GiveUpAsync(context, recipe, failure, cancellationToken); // What came after its failure was cut off.
        if (logged.State == OperationState.Pending)
        {
            logged = logged with { State = OperationState.Running, StartedAt = timeProvider.GetUtcNow() };
            context = await _log.SaveAsync(context, index, logged, cancellationToken);
        }

        _firstTries.TryAdd((context.Operation.Id, step.Name), timeProvider.GetTimestamp());
        var outcome = await TryAsync(step, context, cancellationToken);
        if (outcome is not StepOutcome.Again)
            _firstTries.TryRemove((context.Operation.Id, step.Name), out _);
        if (outcome is StepOutcome.Again again && IsOverdue(context.Operation.Id, step))
            outcome = new StepOutcome.Failed(again.Reason, $"\"{step.Name}\" was not done after {step.Limit.TotalSeconds:0} s: {again.Message}");

        switch (outcome)
        {
            case StepOutcome.Done done:
                pauses.End(context.Operation.Id);
                await _log.SaveAsync(context, index, logged with { State = OperationState.Succeeded, Message = done.Message, EndedAt = timeProvider.GetUtcNow() }, cancellationToken);
                return true;
            case StepOutcome.Again waiting:
                if (waiting.Pause > TimeSpan.Zero)
                    pauses.Begin(context.Operation.Id, waiting.Pause);
                if (waiting.Message != logged.Message)
                    await _log.SaveAsync(context, index, logged with { Message = ReportBounds.Cut(waiting.Message) }, cancellationToken);
                return false;
            case StepOutcome.Failed failed:
                var error = new OperationError(failed.Reason, failed.Message);
                var ended = logged with { State = OperationState.Failed, Message = failed.Message, EndedAt = timeProvider.GetUtcNow() };
                context = await _log.UpdateAsync(context, operation => operation with { State = OperationState.Running, Error = error, Steps = operation.Steps.SetItem(index, ended) }, cancellationToken);
                return await GiveUpAsync(context, recipe, error, cancellationToken);
            default:
                throw new InvalidOperationException($"no such outcome: {outcome}");
        }
    }

    /// <summary>Another version began the operation, with steps of its own. Nothing is guessed; a create can still be cancelled.</summary>
    private async Task<bool> HoldUnknownAsync(StepContext context, int index, OperationStep logged, CancellationToken cancellationToken)
    {
        var message = $"this version knows no step \"{logged.Name}\": start the version that began the operation, or cancel it";
        if (logged.Message != message)
            await _log.SaveAsync(context, index, logged with { Message = message }, cancellationToken);
        return false;
    }

    /// <summary>
    /// Measured on the monotonic clock from this process's first try: the time in which nobody tried does not count, and nobody can set the clock that ends a step.
    /// </summary>
    private bool IsOverdue(OperationId operation, IOperationStep step) =>
        timeProvider.GetElapsedTime(_firstTries.GetOrAdd((operation, step.Name), _ => timeProvider.GetTimestamp())) > step.Limit;

    private async Task<StepOutcome> TryAsync(IOperationStep step, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await step.DoAsync(context, cancellationToken);
        }
        catch (AgentUnavailableException exception)
        {
            Log.StepHeldUp(logger, context.Operation.Id, step.Name, exception.Message);
            return new StepOutcome.Again(exception.Message);
        }
        catch (AgentRefusedException exception) when (exception.IsForNow)
        {
            Log.StepHeldUp(logger, context.Operation.Id, step.Name, exception.Message);
            return new StepOutcome.Again(exception.Message);
        }
        catch (AgentRefusedException exception)
        {
            return new StepOutcome.Failed(exception.Reason, exception.HostId is { } host ? $"{context.NameOf(host)}: {exception.Message}" : exception.Message);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StoreUnavailableException))
        {
            Log.OperationFaulted(logger, context.Operation.Id, exception); // A bug of ours: the step's limit holds for it too.
            return new StepOutcome.Again($"an unforeseen failure, tried again: {exception.Message}");
        }
    }

    /// <summary>Undoes what can be undone; keeps what may hold data; goes on trying where there is no way back.</summary>
    private Task<bool> GiveUpAsync(StepContext context, OperationRecipe recipe, OperationError error, CancellationToken cancellationToken) => recipe.WhenAStepFails switch
    {
        OperationRecipe.Failing.Undo when OperationSteps.IsUndoable(context.Operation) => BeginUndoAsync(context, error, cancellationToken),
        OperationRecipe.Failing.Undo or OperationRecipe.Failing.EndInFailure => KeepAsync(context, recipe, error, cancellationToken),
        OperationRecipe.Failing.HoldUntilDone => HoldAsync(context, error, cancellationToken),
    };

    private async Task<bool> BeginUndoAsync(StepContext context, OperationError error, CancellationToken cancellationToken)
    {
        Log.Undoing(logger, context.Operation.Id, context.Operation.Kind, error.Reason);
        await store.WriteAsync(
            writer =>
            {
                var operation = Invariant.NotNull(writer.FindOperation(context.Operation.Id), "an operation is never removed while it is open");
                var now = timeProvider.GetUtcNow();
                InstanceGenerations.RaiseToStop(writer, context.Cluster.Ref);
                var undoing = writer.UpdateOperation(operation with { State = OperationState.Undoing, Error = error, UpdatedAt = now });
                writer.AddEvent(NewEvent.Of(undoing, "undoing", now));
                return undoing;
            },
            cancellationToken);
        return true;
    }

    /// <summary>The cluster holds data, or the operation is begun anew when it is still needed: it has failed, the cluster stays, and the reconcile loop goes on with it.</summary>
    private async Task<bool> KeepAsync(StepContext context, OperationRecipe recipe, OperationError error, CancellationToken cancellationToken)
    {
        try
        {
            if (recipe.AfterFailure is { } afterFailure && await afterFailure(context, cancellationToken) is { Length: > 0 } said)
                error = error with { Message = $"{error.Message}; {said}" };
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StoreUnavailableException))
        {
            // It is tried again, and not for ever: the operation holds its cluster.
            Log.StepHeldUp(logger, context.Operation.Id, AfterFailure, exception.Message);
            pauses.Grow(context.Operation.Id);
            if (timeProvider.GetElapsedTime(_firstTries.GetOrAdd((context.Operation.Id, AfterFailure), _ => timeProvider.GetTimestamp())) < _afterFailureMax)
                return false;
            error = error with { Message = $"{error.Message}; what follows could not be done: {exception.Message}" };
        }

        _firstTries.TryRemove((context.Operation.Id, AfterFailure), out _);

        await _log.EndAsync(context, (writer, now) => recipe.Finish(writer, context, now), (operation, _) => operation with { State = OperationState.Failed, Error = error }, "failed", cancellationToken);
        return false;
    }

    /// <summary>What cannot be undone is not given up: the step is tried again, and the error stands there for people to see.</summary>
    private async Task<bool> HoldAsync(StepContext context, OperationError error, CancellationToken cancellationToken)
    {
        pauses.Grow(context.Operation.Id);
        await _log.UpdateAsync(
            context,
            operation => operation with
            {
                Error = error,
                Steps = [.. operation.Steps.Select(step => step.State == OperationState.Failed ? step with { State = OperationState.Running, EndedAt = null, StartedAt = timeProvider.GetUtcNow() } : step)],
            },
            cancellationToken);
        return false;
    }

    private async Task<bool> UndoAsync(StepContext context, OperationRecipe recipe, CancellationToken cancellationToken)
    {
        var undo = Invariant.NotNull(recipe.Undo, "what is being undone can be undone");
        var outcome = await TryAsync(undo, context, cancellationToken);
        if (outcome is StepOutcome.Again again && IsOverdue(context.Operation.Id, undo))
            outcome = new StepOutcome.Failed(again.Reason, again.Message); // It is not given up, but whoever waits for it has to be told for what.
        if (outcome is StepOutcome.Failed { Reason: ErrorReasons.DataPresent } present)
            return await KeepUndoneAsync(context, recipe, present, cancellationToken);
        if (outcome is StepOutcome.Failed failed)
        {
            pauses.Grow(context.Operation.Id);
            await _log.UpdateAsync(context, operation => operation.Warned("the undo is tried again and again: ", failed.Message), cancellationToken);
        }

        if (outcome is not StepOutcome.Done)
            return false;
        _firstTries.TryRemove((context.Operation.Id, undo.Name), out _);
        if (await BeginAgainAsync(context, cancellationToken))
            return false;

        await _log.EndAsync(
            context,
            (writer, now) => Recipes.SetLifecycle(writer, context, ClusterLifecycle.Deleted, now),
            (operation, _) => operation with { State = operation.Error?.Reason == Cancelled ? OperationState.Cancelled : OperationState.Failed },
            "undone",
            cancellationToken);
        return false;
    }

    /// <summary>What was to be undone holds data: it stays, and a person decides.</summary>
    private async Task<bool> KeepUndoneAsync(StepContext context, OperationRecipe recipe, StepOutcome.Failed present, CancellationToken cancellationToken)
    {
        Log.UndoRefused(logger, context.Operation.Id, present.Message);
        var cause = context.Operation.Error is { } first ? $"{first.Reason}: {first.Message}" : "";
        var error = new OperationError(
            present.Reason, $"what it made is kept, because {present.Message}. Look at it; if nobody needs the data, delete the cluster with purge. It was to be undone for {cause}");
        await _log.EndAsync(
            context,
            (writer, now) =>
            {
                InstanceGenerations.RaiseToKeep(writer, context.Cluster.Ref);
                recipe.Finish(writer, context, now);
            },
            (operation, _) => operation with { State = OperationState.Failed, Error = error },
            "failed",
            cancellationToken);
        return false;
    }

    /// <summary>Something stood in the way of what was planned, and all of that is undone: another plan. False when that would not help.</summary>
    private async Task<bool> BeginAgainAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (PlanAgain.Of(context.Operation) is null)
            return false;
        var again = await store.WriteAsync(
            writer =>
            {
                var operation = Invariant.NotNull(writer.FindOperation(context.Operation.Id), "an operation is never removed while it is open");
                if (PlanAgain.Of(operation) is not { } begun || writer.ListLeftovers().Any(leftover => leftover.OperationId == operation.Id))
                    return null;
                var cluster = Invariant.NotNull(writer.FindCluster(context.Cluster.Id), "the cluster of an open operation exists");
                Invariant.Require(writer.UpdateCluster(cluster.TakenBy(operation.Id), cluster.Generation), "a cluster does not change within one transaction");
                return writer.UpdateOperation(begun with { UpdatedAt = timeProvider.GetUtcNow() });
            },
            cancellationToken);
        if (again is not null)
            pauses.Begin(again.Id, PlanAgain.PauseBefore(again));
        return again is not null;
    }

    private async Task<bool> FinishAsync(StepContext context, OperationRecipe recipe, CancellationToken cancellationToken)
    {
        await _log.EndAsync(
            context,
            (writer, now) => recipe.Finish(writer, context, now),
            (operation, isPending) => operation with { State = isPending ? OperationState.SucceededPendingHosts : OperationState.Succeeded, Error = null },
            "succeeded",
            cancellationToken);
        Log.Succeeded(logger, context.Operation.Id, context.Operation.Kind, context.Cluster.Name);
        return false;
    }
}
