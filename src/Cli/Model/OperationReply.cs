namespace Agents.Cli.Model;

/// <summary>An answer that has an operation in it.</summary>
internal sealed record OperationReply
{
    /// <summary>The operation.</summary>
    public Operation Operation { get; set; } = new();
}
