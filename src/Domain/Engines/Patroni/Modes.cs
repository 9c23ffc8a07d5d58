namespace Agents.Domain.Engines.Patroni;

/// <summary>File modes.</summary>
internal static class Modes
{
    /// <summary>0600: the owner alone.</summary>
    public const int Private = 0x180;
}
