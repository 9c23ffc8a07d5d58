using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>A join token as it is stored: never its text.</summary>
internal sealed record JoinTokenRecord
{
    /// <summary>Its id: a lower-case GUID with hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>The hex SHA-256 of its secret.</summary>
    public required string SecretSha256 { get; init; }

    /// <summary>The project that hosts join.</summary>
    public required string Project { get; init; }

    /// <summary>Labels that hosts get.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>How many hosts may join with it.</summary>
    public required int MaxUses { get; init; }

    /// <summary>How many have.</summary>
    public required int Uses { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }
}
