namespace Agents.Cli.Model;

/// <summary>The operations.</summary>
internal sealed record OperationList
{
    /// <summary>The operations, newest first.</summary>
    public IReadOnlyList<Operation> Operations { get; set; } = [];
}
