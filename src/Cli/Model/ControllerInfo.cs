namespace Agents.Cli.Model;

/// <summary>The controller itself.</summary>
internal sealed record ControllerInfo
{
    /// <summary>The id of its store.</summary>
    public string StoreId { get; set; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; set; } = "";

    /// <summary>The epoch that it commands with.</summary>
    public long Epoch { get; set; }

    /// <summary>Whether nothing is changed, because the store is older than the fleet.</summary>
    public bool ObserveOnly { get; set; }

    /// <summary>How many instances have obeyed more than the store knows of.</summary>
    public int NewerInstanceCount { get; set; }
}
