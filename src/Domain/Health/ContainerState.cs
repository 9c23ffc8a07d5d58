namespace Agents.Domain.Health;

/// <summary>The state of a container.</summary>
public enum ContainerState
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Created and never started.</summary>
    Created,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>Being restarted by the engine.</summary>
    Restarting,

    /// <summary>Being removed.</summary>
    Removing,

    /// <summary>Ended.</summary>
    Exited,

    /// <summary>Could not be removed completely.</summary>
    Dead,
}
