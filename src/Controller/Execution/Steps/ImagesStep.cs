using Agents.Controller.Stores;
using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>Brings the images of the cluster's set to the hosts that lack them.</summary>
internal sealed class ImagesStep(IStore store, ImageDelivery images) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.LoadImages;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var found = await store.ReadAsync(reader => reader.FindImageSet(context.Cluster.ImageSet), cancellationToken);
        var set = Invariant.NotNull(found, $"image set {context.Cluster.ImageSet} is in the store");
        var wanted = context.Present.Select(instance => (instance.HostId, Image: Invariant.NotNull(set.Find(instance.Kind), "the set has every kind's image"))).Distinct().ToList();

        var loaded = await Task.WhenAll(wanted.Select(pair => images.EnsureAsync(pair.HostId, pair.Image, cancellationToken)));
        var count = loaded.Count(wasMissing => wasMissing);
        return new StepOutcome.Done(count == 0 ? "all there" : $"{count} loaded");
    }
}
