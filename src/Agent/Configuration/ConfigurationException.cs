namespace Agents.Agent.Configuration;

/// <summary>A configuration that the agent cannot start with. The message is for the administrator: it names the key and says what to set.</summary>
internal sealed class ConfigurationException : Exception
{
    /// <summary>One thing is wrong.</summary>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Several things are wrong; they are told all at once.</summary>
    public ConfigurationException(IReadOnlyCollection<string> messages)
        : base(string.Join('\n', messages))
    {
    }
}
