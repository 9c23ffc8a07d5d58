namespace Agents.Testing.Fleet;

/// <summary>How a call fails though the agent would have obeyed.</summary>
internal enum AgentFault
{
    /// <summary>It never came there: nothing was done.</summary>
    NotSent,

    /// <summary>The answer was lost: it was done.</summary>
    AnswerLost,

    /// <summary>PostgreSQL is busy: refused for now.</summary>
    PostgresBusy,
}
