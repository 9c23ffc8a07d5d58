namespace Agents.Agent.Instances;

/// <summary>One instance in memory: its record, and what is worth knowing of this agent process only. Changed under its lock alone; read without it.</summary>
internal sealed class InstanceSlot(string instanceId)
{
    private volatile InstanceRecord? _record;

    /// <summary>The instance.</summary>
    public string InstanceId => instanceId;

    /// <summary>Serialises all that is done about the instance.</summary>
    public SemaphoreSlim Lock { get; } = new(1, 1);

    /// <summary>The record as it is on the disk; null when there is none.</summary>
    public InstanceRecord? Record
    {
        get => _record;
        set => _record = value;
    }

    /// <summary>What is left of a forgotten instance: its id is never used again. Null while there is a record, or never was one.</summary>
    public InstanceRecord? Tombstone { get; set; }

    /// <summary>Whether its record could not be read: nothing is done about it until somebody accepts that.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>What was found when its PostgreSQL had given no answer for too long, and what became of it; empty when it answers, or was started again.</summary>
    public string Hang { get; set; } = "";

    /// <summary>Starting again after an exit: when, and how often it failed.</summary>
    public RestartState Restart { get; } = new();
}
