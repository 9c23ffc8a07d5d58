namespace Agents.Cli.Model;

/// <summary>Something on a host: an instance, an orphan, or what is to be removed. Each has what it has.</summary>
internal sealed record HostObject
{
    /// <summary>What it is.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name of the cluster that it belongs to.</summary>
    public string Resource { get; set; } = "";

    /// <summary>The id of the cluster that it belongs, or belonged, to.</summary>
    public string ResourceId { get; set; } = "";

    /// <summary>The state of an instance's container.</summary>
    public string State { get; set; } = "";

    /// <summary>Whether an orphan may hold what users wrote.</summary>
    public bool HoldsData { get; set; }

    /// <summary>When it is to be removed at the earliest.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Why it could not be removed yet.</summary>
    public string Trouble { get; set; } = "";
}
