namespace Agents.Controller.Stores;

/// <summary>Says to the loops that something may have changed. Carries no data: the loops read everything anyway, and a lost nudge costs only their period.</summary>
internal interface INudge
{
    /// <summary>Wakes every loop that waits.</summary>
    void Nudge();

    /// <summary>Ends at the next nudge after this call.</summary>
    Task NextAsync(CancellationToken cancellationToken);
}
