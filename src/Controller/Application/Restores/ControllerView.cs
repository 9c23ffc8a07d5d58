using Agents.Controller.Stores;

namespace Agents.Controller.Application.Restores;

/// <summary>The controller as it is now.</summary>
/// <param name="Identity">Its store and its epoch.</param>
/// <param name="NewerInstanceCount">How many instances have obeyed more than the store knows of; while there are any, nothing is changed.</param>
internal sealed record ControllerView(StoreIdentity Identity, int NewerInstanceCount)
{
    /// <summary>Whether nothing is changed.</summary>
    public bool ObserveOnly => NewerInstanceCount > 0;
}
