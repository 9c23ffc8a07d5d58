using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>What lies in the trash of a deleted cluster.</summary>
/// <param name="PurgeAt">When it is removed.</param>
/// <param name="Gone">Why there is no data any more; empty while there is.</param>
/// <param name="Volumes">The volumes of its nodes.</param>
internal sealed record TrashView(DateTimeOffset PurgeAt, string Gone, ImmutableArray<TrashView.Volume> Volumes)
{
    /// <summary>A node's volume.</summary>
    /// <param name="Host">Its host's name.</param>
    /// <param name="Name">Its name there.</param>
    /// <param name="Node">The node.</param>
    /// <param name="Position">How far the node had come; null when nobody knows.</param>
    /// <param name="Trouble">Why it is still there though its time is over; empty otherwise.</param>
    internal sealed record Volume(string Host, string Name, Instance Node, Trash.Position? Position, string Trouble);
}
