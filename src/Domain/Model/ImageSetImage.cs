namespace Agents.Domain.Model;

/// <summary>One image of a set.</summary>
public sealed record ImageSetImage
{
    /// <summary>Its name, as "postgres".</summary>
    public required string Name { get; init; }

    /// <summary>Its reference, as "agents/postgres:17-1".</summary>
    public required string Reference { get; init; }

    /// <summary>The value of its label "agents.image", as "postgres:17-1".</summary>
    public required string Label { get; init; }

    /// <summary>The digest of its configuration.</summary>
    public required string ConfigDigest { get; init; }

    /// <summary>The hex SHA-256 of its archive.</summary>
    public required string ArchiveSha256 { get; init; }

    /// <summary>The size of its archive in bytes.</summary>
    public required long ArchiveBytes { get; init; }
}
