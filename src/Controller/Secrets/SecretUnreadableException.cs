namespace Agents.Controller.Secrets;

/// <summary>A sealed secret cannot be opened: the key file is another one, or the store was tampered with.</summary>
internal sealed class SecretUnreadableException(string message, Exception? inner = null) : Exception(message, inner);
