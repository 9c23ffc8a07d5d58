namespace Agents.Agent.Identity;

/// <summary>No TCP connection to the controller.</summary>
internal sealed class ControllerUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
