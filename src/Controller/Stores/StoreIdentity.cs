namespace Agents.Controller.Stores;

/// <summary>Which store this is, and how far it has come.</summary>
/// <param name="StoreId">Made once with the store; on every object that we create.</param>
/// <param name="Epoch">The last epoch that a controller process took.</param>
/// <param name="Revision">Raised by every transaction: what agents have obeyed under a higher one, this store does not know of.</param>
internal sealed record StoreIdentity(string StoreId, long Epoch, long Revision);
