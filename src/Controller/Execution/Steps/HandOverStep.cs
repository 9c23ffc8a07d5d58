using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Has the engine hand the lead over, and the proxies told. Who leads is looked at first: a try whose answer was lost is not made twice. What the engine refuses has changed nothing. Before,
/// the engine is to count on all replicas: a new primary that counts on the old one alone acknowledges nothing until that is back. In a restart who reads on the one that leads then may end what he does there.
/// </summary>
internal sealed class HandOverStep(IEngineDriver driver, ClusterObserver observer, ReadDrain drain, ProxyTeller proxies, TimeProvider timeProvider) : IOperationStep
{
    private const string Waiting = "waiting for the engine to count on";
    private const string Asked = "was asked to hand the lead over";
    private const string Pending = "is handing the lead over";
    private const string Done = "has handed the lead over";

    private static readonly string[] _asked = [Asked, Pending, Done];

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long replicas are waited for that the engine does not count on. It may have its reasons, and what is asked for is the handing over.</summary>
    private static readonly TimeSpan _waitMax = TimeSpan.FromSeconds(10);

    /// <summary>How long the engine takes at most until it says what became of it, and a little more.</summary>
    private static readonly TimeSpan _engineTime = TimeSpan.FromSeconds(22);

    private readonly StepClock _clock = new(timeProvider);

    /// <inheritdoc/>
    public string Name => StepNames.HandOver;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Instances.Count(instance => instance.Profile.IsNode) == 1)
            return new StepOutcome.Done("there is nobody to hand it over to");
        var arguments = SwitchoverArguments.Parse(context.Operation.Arguments);
        var target = context.Instances.FirstOrDefault(instance => instance.Id == arguments.To);
        if (arguments.To is not null && target is null)
            return new StepOutcome.Failed(ErrorReasons.NotFound, "the node that was to lead is no instance of the cluster any more");
        var askedAt = proxies.Now;
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is not { } leader)
            return new StepOutcome.Again(IsAsked(context) ? MessageOf(context) : "waiting for a primary", _pause, ErrorReasons.NoPrimary); // That it was asked for is not forgotten.
        if (leader.Id == arguments.From)
            return await HandOverAsync(context, leader, target, cancellationToken);

        proxies.Tell(context.Cluster, context.Instances, leader, askedAt);
        await driver.WakeAsync(context.Cluster, leader, cancellationToken); // Its replicas need their slots in a moment.
        if (context.Operation.Kind == OperationKinds.PostgresClusterRestart)
            await drain.LeaveAsync(context, leader, cancellationToken);
        return target is null || leader.Id == target.Id
            ? new StepOutcome.Done(IsAsked(context) ? $"{leader.Member} takes writes" : $"{leader.Member} {StepNames.LeadsUnasked}")
            : new StepOutcome.Failed(ErrorReasons.LeadElsewhere, $"{leader.Member} leads, and not {target.Member}: the engine chose otherwise");
    }

    private string MessageOf(StepContext context) => context.Operation.Steps.First(step => step.Name == Name).Message;

    private bool IsAsked(StepContext context) => _asked.Any(words => MessageOf(context).Contains(words, StringComparison.Ordinal));

    private async Task<StepOutcome> HandOverAsync(StepContext context, Instance primary, Instance? target, CancellationToken cancellationToken)
    {
        if (IsAsked(context))
            return await AwaitAsync(context, primary, MessageOf(context), cancellationToken);
        if (_clock.Since(context.Operation.Id) < _waitMax && await FindOverlookedAsync(context, cancellationToken) is { Length: > 0 } overlooked)
        {
            await driver.WakeAsync(context.Cluster, primary, cancellationToken);
            return new StepOutcome.Again($"{Waiting} {overlooked}", _pause);
        }

        if (!driver.IsReachable(primary))
            return new StepOutcome.Again($"{primary.Member}: its host has no link", _pause, ErrorReasons.HostDisconnected);
        try
        {
            if (await driver.HandOverAsync(context.Cluster, primary, target, cancellationToken) is not { Length: > 0 } refusal)
                return new StepOutcome.Again($"{primary.Member} {Done}", TimeSpan.Zero, ErrorReasons.NoPrimary);
            // The engine says no as well when it has only waited too long for an end that comes yet.
            return (await driver.FindPrimaryAsync(context.Instances, cancellationToken))?.Id != primary.Id || await IsPendingAsync(context, primary, cancellationToken)
                ? new StepOutcome.Again($"{primary.Member} {Pending}: {refusal}", _pause, ErrorReasons.SwitchoverRefused)
                : new StepOutcome.Failed(ErrorReasons.SwitchoverRefused, $"{primary.Member} leads still: {refusal}");
        }
        catch (AgentUnavailableException)
        {
            // The engine answers some time after the end, and whoever leads then is to be told of at once.
            return new StepOutcome.Again($"{primary.Member} {Asked}, and has not answered yet", _pause, ErrorReasons.SwitchoverRefused);
        }
    }

    /// <summary>It was asked, and leads: it is at it, or it has given it up. To ask again would have it stop its server again, for as long as somebody asks.</summary>
    private async Task<StepOutcome> AwaitAsync(StepContext context, Instance primary, string message, CancellationToken cancellationToken)
    {
        if (await IsPendingAsync(context, primary, cancellationToken))
            return new StepOutcome.Again($"{primary.Member} {Pending}", _pause, ErrorReasons.SwitchoverPending);
        var wasPending = message.Contains(Pending, StringComparison.Ordinal);
        if (!wasPending && _clock.Since(context.Operation.Id) < _waitMax + _engineTime)
            return new StepOutcome.Again(message, _pause, ErrorReasons.SwitchoverRefused);
        // Looked at once more: between the two looks it may have ended.
        return (await driver.FindPrimaryAsync(context.Instances, cancellationToken))?.Id == primary.Id
            ? new StepOutcome.Failed(ErrorReasons.SwitchoverRefused, $"{primary.Member} leads still: {(wasPending ? "the engine began to hand the lead over and gave it up" : "the engine did not begin to hand the lead over")}; its log says why")
            : new StepOutcome.Again($"{primary.Member} {Done}", _pause, ErrorReasons.NoPrimary);
    }

    private async Task<bool> IsPendingAsync(StepContext context, Instance primary, CancellationToken cancellationToken) =>
        (await driver.FindSuccessionAsync(context.Cluster, context.Instances, primary, cancellationToken)).Reason == ErrorReasons.SwitchoverPending;

    private async Task<string> FindOverlookedAsync(StepContext context, CancellationToken cancellationToken) =>
        await observer.ObserveAsync(context.Cluster, context.Instances, cancellationToken) is { } seen
            ? string.Join(", ", DurabilityRules.Overlooked(seen, context.Cluster.Effective.Durability))
            : "";
}
