using Agents.Domain.Model;

namespace Agents.Controller.Application.JoinTokens;

/// <summary>Asks for a join token.</summary>
internal sealed record CreateJoinToken
{
    /// <summary>The project; the default one when empty.</summary>
    public required string Project { get; init; }

    /// <summary>Labels that hosts get.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>How many hosts may join; the default when 0.</summary>
    public required int MaxUses { get; init; }

    /// <summary>How long it is good; the default when null.</summary>
    public required TimeSpan? Life { get; init; }

    /// <summary>The request id; empty for none.</summary>
    public required string RequestId { get; init; }
}
