namespace Agents.Protocol.Configuration;

/// <summary>A configuration that a program cannot start with. The message is for the administrator: it names every key that is wrong and says what to write.</summary>
public sealed class ConfigurationException : Exception
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
