namespace Agents.Controller.Execution;

/// <summary>The host cannot be reached, or did not answer in time: whether anything was done is not known, and trying again is right.</summary>
internal sealed class AgentUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
