namespace Agents.Agent.Instances;

/// <summary>What is to be done about one instance, and when to look again at the latest.</summary>
/// <param name="Action">What to do now.</param>
/// <param name="LookAgainAfter">When a deadline falls due; null when only a change matters.</param>
internal sealed record SupervisionDecision(SupervisionAction Action, TimeSpan? LookAgainAfter = null)
{
    /// <summary>Nothing to do until something changes.</summary>
    public static SupervisionDecision Nothing { get; } = new(SupervisionAction.None);

    /// <summary>Nothing to do until a deadline.</summary>
    public static SupervisionDecision Wait(TimeSpan left) => new(SupervisionAction.None, left);
}
