namespace Agents.Domain.Engines.Patroni;

/// <summary>Paths in our images.</summary>
internal static class Paths
{
    /// <summary>Where the configuration volume is mounted.</summary>
    public const string Config = "/etc/agents";
}
