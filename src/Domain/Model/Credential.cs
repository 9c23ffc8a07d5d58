namespace Agents.Domain.Model;

/// <summary>One version of the secret of one role of a resource, sealed. The plain text exists in memory alone.</summary>
public sealed record Credential
{
    /// <summary>The resource.</summary>
    public required ResourceRef Owner { get; init; }

    /// <summary>The role: a PostgreSQL role, or one of our own, as "cluster-ca".</summary>
    public required string Role { get; init; }

    /// <summary>The version, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>The key that it is sealed with.</summary>
    public required string KeyId { get; init; }

    /// <summary>The sealed secret.</summary>
    public required ReadOnlyMemory<byte> Sealed { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
