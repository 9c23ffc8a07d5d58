namespace Agents.Agent.Engines;

/// <summary>A file that is needed to talk to an engine is missing on the instance's configuration volume, or is not what it should be. Says nothing of the content.</summary>
internal sealed class EngineConfigurationException(string message) : Exception(message);
