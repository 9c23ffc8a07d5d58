namespace Agents.Controller.Stores;

/// <summary>The store cannot be reached or written now: nothing was changed.</summary>
internal sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);
