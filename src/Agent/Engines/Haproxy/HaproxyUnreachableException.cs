namespace Agents.Agent.Engines.Haproxy;

/// <summary>The proxy does not run, or does not answer.</summary>
internal sealed class HaproxyUnreachableException(string message, Exception? innerException = null) : Exception(message, innerException);
