namespace Agents.Controller.Loops;

/// <summary>A loop: one turn reads everything, decides, does something small and idempotent. The next turn is the retry. Timer and nudge live in the pump.</summary>
internal interface ILoop
{
    /// <summary>Its name, for logs.</summary>
    string Name { get; }

    /// <summary>The pause between turns when nobody nudges.</summary>
    TimeSpan Period { get; }

    /// <summary>One turn. Returns whether the next should follow at once.</summary>
    Task<bool> TurnAsync(CancellationToken cancellationToken);
}
