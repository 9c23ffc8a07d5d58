namespace Agents.Cli.Model;

/// <summary>One planned instance.</summary>
internal sealed record PlannedInstance
{
    /// <summary>"postgres", "etcd" or "haproxy".</summary>
    public string Kind { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The chosen host.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its ports by name.</summary>
    public SortedDictionary<string, int> Ports { get; set; } = [];

    /// <summary>Why this host.</summary>
    public string Reason { get; set; } = "";
}
