using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>Has the proxies know the nodes that a cluster has got.</summary>
internal sealed class JoinProxiesStep(Reconfiguration reconfiguration) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.JoinProxies;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var left = await reconfiguration.ConfigureProxiesAsync(context.Cluster, context.Instances, cancellationToken);
        await reconfiguration.LeaveToLoopAsync(context, cancellationToken);
        return new StepOutcome.Done(left.Count == 0 ? "the proxies know them" : $"the proxies know them but for {string.Join(", ", left)}, which could not be told: the controller goes on with it");
    }
}
