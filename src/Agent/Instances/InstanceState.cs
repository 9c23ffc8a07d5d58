namespace Agents.Agent.Instances;

/// <summary>Whether an instance is to run, as it stands in its record. A fence is apart from it: it ends, and this remains.</summary>
internal enum InstanceState
{
    /// <summary>Not said yet.</summary>
    Unspecified,

    /// <summary>It runs, and is started again when it ends.</summary>
    Running,

    /// <summary>It does not run.</summary>
    Stopped,
}
