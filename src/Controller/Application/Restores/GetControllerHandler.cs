using Agents.Controller.Observation;
using Agents.Controller.Stores;

namespace Agents.Controller.Application.Restores;

/// <summary>Reads the controller itself.</summary>
internal sealed class GetControllerHandler(IStore store, IFleetView fleet)
{
    /// <summary>The controller.</summary>
    public async Task<ControllerView> HandleAsync(CancellationToken cancellationToken) =>
        new(await store.ReadAsync(reader => reader.Identity, cancellationToken), fleet.LaterCommands.Count);
}
