namespace Agents.Agent.Docker;

/// <summary>How long a call to the engine may take and what that means for others.</summary>
/// <param name="Timeout">How long it may take.</param>
/// <param name="MayWait">Whether the engine may answer late, so that it gets a connection that others do not wait for.</param>
/// <param name="CanRepeat">Whether it may be sent a second time; a body that is a stream is used up by the first.</param>
internal sealed record CallLimits(TimeSpan Timeout, bool MayWait = false, bool CanRepeat = true)
{
    /// <summary>Looking at something or changing it.</summary>
    public static CallLimits Ordinary { get; } = new(TimeSpan.FromSeconds(30));

    /// <summary>A sign of life.</summary>
    public static CallLimits Ping { get; } = new(TimeSpan.FromSeconds(5));

    /// <summary>Ending a container's processes, which may take as long as the container's own stop timeout.</summary>
    public static CallLimits Stop { get; } = new(TimeSpan.FromMinutes(15), MayWait: true);

    /// <summary>Unpacking a small archive.</summary>
    public static CallLimits Put { get; } = new(TimeSpan.FromSeconds(30), CanRepeat: false);

    /// <summary>Loading an image of some gigabytes from a slow disk to a slow disk.</summary>
    public static CallLimits Load { get; } = new(TimeSpan.FromMinutes(15), MayWait: true, CanRepeat: false);

    /// <summary>Opening what is then read without a limit.</summary>
    public static CallLimits Open { get; } = new(TimeSpan.FromSeconds(30), MayWait: true);

    /// <summary>What lasts until its reader leaves.</summary>
    public static CallLimits Stream { get; } = new(System.Threading.Timeout.InfiniteTimeSpan, MayWait: true);
}
