using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Has the proxies send no more reads to the nodes that a cluster loses: who comes from now on goes elsewhere, and who reads there already may end what he does. Sessions that rest are not waited for for ever. As long
/// as they run one of them could be chosen, so the proxies know them yet for writes.
/// </summary>
internal sealed class LeaveProxiesStep(InstanceBuilder builder, Reconfiguration reconfiguration, IEngineDriver driver, TimeProvider timeProvider) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long sessions are waited for.</summary>
    private static readonly TimeSpan _waitMax = TimeSpan.FromSeconds(30);

    private readonly StepClock _clock = new(timeProvider);

    /// <inheritdoc/>
    public string Name => StepNames.LeaveProxies;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Present.Count == 0)
            return new StepOutcome.Done("removed already");
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is not { } leader)
            return new StepOutcome.Again("waiting for a primary", _pause, ErrorReasons.NoPrimary);
        if (context.IsPresent(leader))
            return new StepOutcome.Failed(ErrorReasons.LeadElsewhere, $"{leader.Member} leads now: hand the lead over first");

        var left = await reconfiguration.ConfigureProxiesAsync(context.Cluster, context.Instances, context.Present, cancellationToken);
        var busy = await Task.WhenAll(context.Present.Select(async node => await IsReadAsync(node, cancellationToken) ? node.Member : ""));
        var names = string.Join(", ", busy.Where(name => name.Length > 0));
        if (names.Length == 0)
            return new StepOutcome.Done($"nobody reads there{Untold(left)}");
        return _clock.Since(context.Operation.Id) < _waitMax
            ? new StepOutcome.Again($"waiting for sessions on {names}, {_waitMax.TotalSeconds} s at most", _pause)
            : new StepOutcome.Done($"sessions on {names} end with it{Untold(left)}");
    }

    private static string Untold(IReadOnlyList<string> left) => left.Count == 0 ? "" : $"; {string.Join(", ", left)} could not be told: the controller goes on with it";

    /// <summary>Whether a user's session is on a node. Of one that cannot be asked there is nothing to wait for.</summary>
    private async Task<bool> IsReadAsync(Instance node, CancellationToken cancellationToken)
    {
        try
        {
            return await builder.AgentOf(node.HostId).AnyRowAsync(node.Id, "postgres", SessionsSql.AnyOfUsers, cancellationToken);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return false;
        }
    }
}
