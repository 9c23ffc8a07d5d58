using Agents.Domain.Engines;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Makes the cluster's certificate authority, certificates and passwords, sealed and durable before anything is configured with them. Where a host knows of data the cluster
/// has secrets that this store has never heard of: with others it would be cut to pieces.
/// </summary>
internal sealed class SecretsStep(ClusterVault vault, ClusterRemover remover) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.MakeSecrets;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (!await vault.HasSecretsAsync(context.Cluster, cancellationToken) && await remover.FindDataAsync(context, cancellationToken) is { Count: > 0 } holding)
            return new StepOutcome.Failed(
                ErrorReasons.DataPresent, $"{UndoStep.NamesOf(context, holding)} hold data, whose secrets this store does not know: it is older than the cluster. Put a newer copy in its place");
        await vault.PrepareAsync(context.Cluster, context.Instances, cancellationToken);
        return new StepOutcome.Done($"certificates for {context.Instances.Count} instances");
    }
}
