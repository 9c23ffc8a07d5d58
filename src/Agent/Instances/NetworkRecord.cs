namespace Agents.Agent.Instances;

/// <summary>What the agent durably knows of one network: it orders the commands about it, as the generation of its instance orders those about a container.</summary>
internal sealed record NetworkRecord
{
    /// <summary>The network's name.</summary>
    public required string Name { get; init; }

    /// <summary>The store id of the controller that it belongs to.</summary>
    public required string ControllerId { get; init; }

    /// <summary>The resource that it belongs to.</summary>
    public ResourceOwner Owner { get; init; } = ResourceOwner.None;

    /// <summary>The highest generation of the resource that was obeyed.</summary>
    public long Generation { get; init; }

    /// <summary>The ticket of the last command about it that was obeyed.</summary>
    public CommandTicket Ticket { get; init; } = new(0);

    /// <summary>When it was removed; null while it is wanted. It is made again by a higher generation alone.</summary>
    public DateTimeOffset? RemovedAt { get; init; }
}
