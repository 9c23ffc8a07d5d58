namespace Agents.Controller.Stores;

/// <summary>A token that a user calls with. Its text is known to the user alone: only a hash is kept.</summary>
internal sealed record UserToken
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name: the principal that is recorded with what it is used for.</summary>
    public required string Name { get; init; }

    /// <summary>The hex SHA-256 of its text.</summary>
    public required string SecretSha256 { get; init; }

    /// <summary>What its holder may do.</summary>
    public required UserRole Role { get; init; }

    /// <summary>The one project that it is good for; all when null.</summary>
    public string? Project { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires; never when null.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was made worthless; null while it is good.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether it is good at a time.</summary>
    public bool IsGoodAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}
