namespace Agents.Agent.Link;

/// <summary>How a dial failed: it decides how soon the next one is.</summary>
internal enum DialFailure
{
    /// <summary>No TCP connection: costs the controller nothing, so it is tried often.</summary>
    Unreachable,

    /// <summary>The controller was reached, and something broke.</summary>
    Broken,

    /// <summary>The controller said no.</summary>
    Refused,
}
