namespace Agents.Agent.Engines.Haproxy;

/// <summary>The proxy refused. Its words are the message.</summary>
internal sealed class HaproxyRefusedException(string message) : Exception(message);
