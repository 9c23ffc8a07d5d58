namespace Agents.Controller.Application.Hosts;

/// <summary>Asks for the orphans of a host to be removed.</summary>
internal sealed record RemoveOrphans
{
    /// <summary>The project; the default one when empty.</summary>
    public required string Project { get; init; }

    /// <summary>The id or name of the host.</summary>
    public required string Id { get; init; }

    /// <summary>The volumes whose data may go; others that hold data stay.</summary>
    public required IReadOnlyList<string> DestroyData { get; init; }

    /// <summary>The request id; empty for none.</summary>
    public required string RequestId { get; init; }

    /// <summary>Why, for the record.</summary>
    public required string Reason { get; init; }
}
