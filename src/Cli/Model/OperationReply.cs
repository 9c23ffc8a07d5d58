namespace Agents.Cli.Model;

/// <summary>An answer that has an operation in it.</summary>
internal sealed record OperationReply
{
    /// <summary>What would be done; null unless only that was asked for.</summary>
    public VerbPlan? Plan { get; set; }

    /// <summary>The operation.</summary>
    public Operation Operation { get; set; } = new();
}
