using Agents.Controller.Stores;

namespace Agents.Controller.Execution;

/// <summary>Who took the writes when a cluster was stopped: it is remembered until somebody takes writes again, and not a moment longer.</summary>
internal sealed class PrimaryNote(IStore store)
{
    /// <summary>Somebody takes writes.</summary>
    public async Task ForgetAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Cluster.Stopped is not { IsStarting: true })
            return;
        await store.WriteAsync(
            writer => writer.FindCluster(context.Cluster.Id) is not { Stopped.IsStarting: true } cluster || writer.UpdateCluster(cluster with { Stopped = null }, cluster.Generation),
            cancellationToken);
    }
}
