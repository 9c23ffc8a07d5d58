using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Who commands: settled at start, before the first loop turns.</summary>
internal interface IControllerIdentity
{
    /// <summary>The store's id.</summary>
    string StoreId { get; }

    /// <summary>What a command given now carries: the term, and how far the store has come.</summary>
    /// <param name="subjectId">The instance, or the owner of what belongs to none; empty for the host as a whole.</param>
    /// <param name="generation">The generation of that.</param>
    Ticket TicketFor(string subjectId, long generation);

    /// <summary>Our mark on a ticket: without it nothing that comes back is believed.</summary>
    byte[] MarkOf(Ticket ticket);
}
