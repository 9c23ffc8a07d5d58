using Agents.Domain.Model;

namespace Agents.Controller.Enrollment;

/// <summary>The credential of a host, as it is stored.</summary>
internal sealed record HostIdentity
{
    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The hex SHA-256 of its public key (SubjectPublicKeyInfo, DER).</summary>
    public required string PublicKeySha256 { get; init; }

    /// <summary>The hex serial number of its newest certificate.</summary>
    public required string Serial { get; init; }

    /// <summary>Its newest certificate, DER: a repeated request gets it again.</summary>
    public required ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>When that certificate expires.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The join token that let it in.</summary>
    public required string JoinTokenId { get; init; }

    /// <summary>The request id that it enrolled with.</summary>
    public required string RequestId { get; init; }
}
