namespace Agents.Agent.Instances;

/// <summary>How one instance's starts went in this agent process. Not durable: after an agent's restart an exit is waited for anew.</summary>
internal sealed class RestartState
{
    /// <summary>How often the agent has started it.</summary>
    public int Starts { get; set; }

    /// <summary>Why the last start failed; empty when it did not.</summary>
    public string StartError { get; set; } = "";

    /// <summary>Exits and failed starts in a row.</summary>
    public int Failures { get; set; }

    /// <summary>The timestamp before which it is not started; null while it runs.</summary>
    public long? NotBefore { get; set; }

    /// <summary>The timestamp since which it is seen running; null while it does not.</summary>
    public long? RunningSince { get; set; }
}
