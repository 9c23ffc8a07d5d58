namespace Agents.Domain.Planning;

/// <summary>What to do to an instance. Each is idempotent.</summary>
public enum ActionKind
{
    /// <summary>Make its network, volumes, container and configuration where they are missing, and have it run.</summary>
    Ensure,

    /// <summary>Start its container.</summary>
    Start,

    /// <summary>Have its agent keep it running.</summary>
    WantRunning,
}
