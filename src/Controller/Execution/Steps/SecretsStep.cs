using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>Makes the cluster's certificate authority, certificates and passwords, sealed and durable before anything is configured with them.</summary>
internal sealed class SecretsStep(ClusterVault vault) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.MakeSecrets;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        await vault.PrepareAsync(context.Cluster, context.Instances, cancellationToken);
        return new StepOutcome.Done($"certificates for {context.Instances.Count} instances");
    }
}
