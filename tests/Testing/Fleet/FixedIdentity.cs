using Agents.Controller.Execution;
using Agents.Domain.Model;

namespace Agents.Testing.Fleet;

/// <summary>A controller whose store and epoch are as said.</summary>
internal sealed class FixedIdentity(string storeId, long epoch) : IControllerIdentity
{
    /// <inheritdoc/>
    public string StoreId => storeId;

    /// <inheritdoc/>
    public Ticket TicketFor(string subjectId, long generation) => new(epoch, $"process-{epoch}", 1, subjectId, generation);

    /// <inheritdoc/>
    public byte[] MarkOf(Ticket ticket) => [];
}
