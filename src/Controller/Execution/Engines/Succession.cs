namespace Agents.Controller.Execution.Engines;

/// <summary>Whether another node can be chosen in the place of a primary that has ended, and has every acknowledged commit.</summary>
/// <param name="Reason">Why not; empty when one can.</param>
/// <param name="Message">Who, or why not, for people.</param>
internal sealed record Succession(string Reason, string Message)
{
    /// <summary>Whether one can.</summary>
    public bool IsPossible => Reason.Length == 0;
}
