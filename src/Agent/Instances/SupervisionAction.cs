namespace Agents.Agent.Instances;

/// <summary>What is to be done about one instance now.</summary>
internal enum SupervisionAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Take down which process it runs as.</summary>
    RecordProcess,

    /// <summary>Start its container.</summary>
    Start,

    /// <summary>Stop its container.</summary>
    Stop,

    /// <summary>End a fence whose deadline has passed.</summary>
    EndFence,
}
