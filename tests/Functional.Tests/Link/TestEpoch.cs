using Agents.Controller.Links;
using Agents.Controller.Secrets;
using Agents.Domain.Model;

namespace Agents.Functional.Tests.Link;

/// <summary>A controller process that believes what bears its mark, and notes what agents have obeyed.</summary>
internal sealed class TestEpoch(string controllerId) : IControllerEpoch
{
    private readonly TicketSeal _seal = new([new SecretKey(new byte[SecretKey.Bytes])]);

    /// <inheritdoc/>
    public string ControllerId => controllerId;

    /// <summary>What agents have obeyed.</summary>
    public List<Ticket> Observed { get; } = [];

    /// <summary>Our mark on a ticket.</summary>
    public byte[] MarkOf(Ticket ticket) => _seal.Mark(controllerId, ticket);

    /// <inheritdoc/>
    public bool IsOurs(Ticket ticket, ReadOnlySpan<byte> mark) => _seal.IsOurs(controllerId, ticket, mark);

    /// <inheritdoc/>
    public void Observe(Ticket obeyed) => Observed.Add(obeyed);
}
