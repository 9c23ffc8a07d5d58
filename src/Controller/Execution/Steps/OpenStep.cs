using System.Security.Cryptography;
using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Lets the application's role in. A step of its own: that the bootstrap is done, and that the operation is therefore never undone, is durable before the first row can be
/// written.
/// </summary>
internal sealed class OpenStep(InstanceBuilder builder, IEngineDriver driver, ClusterVault vault, ProxyTeller proxies) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public string Name => StepNames.Open;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var askedAt = proxies.Now;
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is not { } leader)
            return new StepOutcome.Again("waiting for a primary", _pause);

        proxies.Tell(context.Cluster, context.Instances, leader, askedAt);
        var spec = context.Cluster.Effective;
        var verifier = ScramVerifier.Of(await vault.OwnerPasswordAsync(context.Cluster, cancellationToken), RandomNumberGenerator.GetBytes(16));
        await builder.AgentOf(leader.HostId).ExecuteAsync(InstanceTarget.Of(context.Cluster, leader), "postgres", BootstrapSql.Open(spec, verifier), withoutTransaction: false, cancellationToken);
        return new StepOutcome.Done($"{spec.Owner} can log in");
    }
}
