using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// Notes in the store that a resource's instances hold data: from then on none of them is made anew over a missing volume, and a delete keeps what users wrote in the trash.
/// Noting twice is noting once.
/// </summary>
internal sealed class DataNote(IStore store)
{
    /// <summary>Notes it of the instances that an operation has made. Returns all of them as they are now.</summary>
    public Task<IReadOnlyList<Instance>> WriteAsync(StepContext context, CancellationToken cancellationToken) => WriteAsync(context, context.IsPresent, cancellationToken);

    /// <summary>Notes it of some instances. Returns all of the resource's as they are now.</summary>
    public Task<IReadOnlyList<Instance>> WriteAsync(StepContext context, Func<Instance, bool> holdsData, CancellationToken cancellationToken) => store.WriteAsync(
        writer =>
        {
            var initialised = writer.ListInstances(context.Cluster.Ref).Select(instance => instance with { Initialised = instance.Initialised || holdsData(instance) }).ToList();
            initialised.ForEach(writer.UpdateInstance);
            return (IReadOnlyList<Instance>)initialised;
        },
        cancellationToken);
}
