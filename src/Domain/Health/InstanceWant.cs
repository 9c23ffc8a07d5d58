namespace Agents.Domain.Health;

/// <summary>Whether an instance is to run, as its agent's record says.</summary>
public enum InstanceWant
{
    /// <summary>Not said yet.</summary>
    Unspecified,

    /// <summary>It runs and is started again when it ends.</summary>
    Running,

    /// <summary>It does not run.</summary>
    Stopped,

    /// <summary>It may not be started until released.</summary>
    Fenced,
}
