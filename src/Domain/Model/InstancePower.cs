namespace Agents.Domain.Model;

/// <summary>Whether an instance is meant to run.</summary>
public enum InstancePower
{
    /// <summary>It is kept running.</summary>
    Running,

    /// <summary>It is stopped, and nothing starts it.</summary>
    Stopped,
}
