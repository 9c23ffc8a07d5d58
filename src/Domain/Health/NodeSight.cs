namespace Agents.Domain.Health;

/// <summary>How a node was looked at: what it says of itself, or why it says nothing.</summary>
/// <param name="Member">Its name in the engine.</param>
/// <param name="Answer">What came of it.</param>
/// <param name="Reason">Why it was not asked or did not answer, as the end of a sentence; empty where it answered.</param>
public sealed record NodeSight(string Member, NodeSight.Kind Answer, string Reason = "")
{
    /// <summary>What came of looking at a node.</summary>
    public enum Kind
    {
        /// <summary>It could not be asked: its host has no link, or the host's Docker Engine does not answer. It may be well.</summary>
        OutOfSight,

        /// <summary>It was asked and did not answer.</summary>
        Silent,

        /// <summary>It answered that it does not lead.</summary>
        Follows,

        /// <summary>It answered that it leads and takes writes.</summary>
        Leads,
    }

    /// <summary>Whether it answered.</summary>
    public bool HasAnswered => Answer is Kind.Follows or Kind.Leads;
}
