namespace Agents.Controller.Application;

/// <summary>A part of a list.</summary>
/// <param name="Items">The elements.</param>
/// <param name="NextToken">Where to go on; empty at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string NextToken)
{
    /// <summary>The same part of another list.</summary>
    public Page<TOther> Select<TOther>(Func<T, TOther> select) => new([.. Items.Select(select)], NextToken);
}
