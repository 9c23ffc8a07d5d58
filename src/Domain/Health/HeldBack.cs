using System.Collections.Immutable;

namespace Agents.Domain.Health;

/// <summary>A hold, and since when this controller has seen it.</summary>
/// <param name="Hold">The hold.</param>
/// <param name="Since">Since when.</param>
public sealed record HeldBack(Hold Hold, DateTimeOffset Since)
{
    /// <summary>
    /// What is held back after a new plan: what the planner holds, and what failed of that which it still means to do. What goes on for the same reason has been so since it began.
    /// </summary>
    /// <param name="before">What was held back.</param>
    /// <param name="planned">What the planner holds now.</param>
    /// <param name="acting">The members that it means to do something to.</param>
    /// <param name="now">The time.</param>
    public static ImmutableArray<HeldBack> AfterPlan(ImmutableArray<HeldBack> before, IReadOnlyCollection<Hold> planned, IReadOnlyCollection<string> acting, DateTimeOffset now) =>
        [.. planned.Select(hold => Begun(before, hold, now)), .. before.Where(held => acting.Contains(held.Hold.Member))];

    /// <summary>What is held back after something was done to a member, or could not be.</summary>
    /// <param name="before">What was held back.</param>
    /// <param name="member">The member.</param>
    /// <param name="failure">Why it could not be done; null when it was.</param>
    /// <param name="now">The time.</param>
    public static ImmutableArray<HeldBack> AfterAction(ImmutableArray<HeldBack> before, string member, Hold? failure, DateTimeOffset now)
    {
        var others = before.RemoveAll(held => held.Hold.Member == member);
        return failure is null ? others : others.Add(Begun(before, failure, now));
    }

    private static HeldBack Begun(ImmutableArray<HeldBack> before, Hold hold, DateTimeOffset now) =>
        new(hold, before.FirstOrDefault(held => held.Hold.Member == hold.Member && held.Hold.Reason == hold.Reason)?.Since ?? now);
}
