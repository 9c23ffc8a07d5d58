namespace Agents.Domain.Engines.Patroni;

/// <summary>File modes.</summary>
internal static class Modes
{
    /// <summary>0600: the owner alone.</summary>
    public const int Private = 0x180;

    /// <summary>0700: a program for the owner alone.</summary>
    public const int Program = 0x1C0;
}
