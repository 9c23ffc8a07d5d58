namespace Agents.Cli.Model;

/// <summary>A cluster that is being made, or the plan of one.</summary>
internal sealed record CreatedCluster
{
    /// <summary>The operation; null where only the plan was asked for.</summary>
    public Operation? Operation { get; set; }

    /// <summary>The plan.</summary>
    public Plan Plan { get; set; } = new();
}
