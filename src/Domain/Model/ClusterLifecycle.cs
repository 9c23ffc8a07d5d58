namespace Agents.Domain.Model;

/// <summary>What a cluster is going through, as decided, not as observed.</summary>
public enum ClusterLifecycle
{
    /// <summary>It is being made; a create that fails or is cancelled undoes it.</summary>
    Creating,

    /// <summary>It is kept as its spec says.</summary>
    Active,

    /// <summary>A tombstone is written: it is being taken away, and nothing brings it back.</summary>
    Deleting,

    /// <summary>It is being brought back from the trash; what fails or is cancelled puts it there again.</summary>
    Undeleting,

    /// <summary>It is gone but for hosts that are away or data that waits for its purge time.</summary>
    Deleted,
}
