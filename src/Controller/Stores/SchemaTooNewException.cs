namespace Agents.Controller.Stores;

/// <summary>The store was written by a newer version, which may have given its tables a meaning that this one does not know: it is left untouched.</summary>
internal sealed class SchemaTooNewException(string message) : Exception(message);
