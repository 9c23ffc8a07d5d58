namespace Agents.Cli.Model;

/// <summary>The hosts.</summary>
internal sealed record HostList
{
    /// <summary>The hosts, by name.</summary>
    public IReadOnlyList<Host> Hosts { get; set; } = [];
}
