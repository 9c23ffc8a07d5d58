using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>Has the proxies know the nodes that a cluster gets, before any of them runs: who streams can be chosen, and reads go there as soon as it says that it has the data.</summary>
internal sealed class JoinProxiesStep(Reconfiguration reconfiguration, InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.JoinProxies;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var left = await reconfiguration.ConfigureProxiesAsync(context.Cluster, context.Instances, [], cancellationToken);
        await builder.NoteStaleAsync(context.Cluster.Id, cancellationToken);
        return new StepOutcome.Done(left.Count == 0 ? "the proxies know them" : $"the proxies know them but for {string.Join(", ", left)}, which could not be told: the controller goes on with it");
    }
}
