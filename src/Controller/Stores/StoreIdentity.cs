namespace Agents.Controller.Stores;

/// <summary>Which store this is.</summary>
/// <param name="StoreId">Made once with the store; on every object that we create.</param>
/// <param name="Epoch">The last epoch that a controller process took.</param>
internal sealed record StoreIdentity(string StoreId, long Epoch);
