using Agents.Domain.Model;

namespace Agents.Controller.Links;

/// <summary>Which controller process this is, for the greeting of every link.</summary>
internal interface IControllerEpoch
{
    /// <summary>The store id.</summary>
    string ControllerId { get; }

    /// <summary>Whether a ticket that an agent gives back was given out under our key.</summary>
    bool IsOurs(Ticket ticket, ReadOnlySpan<byte> mark);

    /// <summary>An agent has obeyed this ticket of ours: unless its epoch is lower than that of this process, or the same, an epoch is taken above it.</summary>
    void Observe(Ticket obeyed);
}
