namespace Agents.Domain.Planning;

/// <summary>What to do to an instance. Each is idempotent.</summary>
public enum ActionKind
{
    /// <summary>Make its network, volumes, container and configuration where they are missing, and have it run.</summary>
    Ensure,

    /// <summary>Start its container.</summary>
    Start,

    /// <summary>Have its agent keep it stopped, and stop it.</summary>
    Stop,

    /// <summary>Have its agent keep it running.</summary>
    WantRunning,

    /// <summary>Write its configuration and put it into force: it reads it again, or, where only a new start does that, is started again.</summary>
    Configure,

    /// <summary>Have its agent start it once over a volume that was emptied: it gets its data from the primary.</summary>
    Rebuild,

    /// <summary>Note, in the store and with its agent, that it holds data.</summary>
    NoteData,

    /// <summary>Say to its agent for how long it may give no answer while it leads.</summary>
    SetHangTimeout,

    /// <summary>Take its container away, which nobody reaches or which cannot be started any more, and make another over the same volumes.</summary>
    Remake,
}
