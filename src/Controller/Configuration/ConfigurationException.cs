namespace Agents.Controller.Configuration;

/// <summary>The configuration is wrong; the message names every key that is, and says what to write.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
