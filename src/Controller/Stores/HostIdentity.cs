using Agents.Domain.Model;

namespace Agents.Controller.Stores;

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

    /// <summary>The key that it asked for to replace this one, good beside it until the host has attached with it; null when there is none.</summary>
    public NextKey? Next { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The join token that let it in.</summary>
    public required string JoinTokenId { get; init; }

    /// <summary>The request id that it enrolled with.</summary>
    public required string RequestId { get; init; }

    /// <summary>When its last certificate expires.</summary>
    public DateTimeOffset LastNotAfter => Next?.NotAfter ?? NotAfter;

    /// <summary>The credential once it has shown a key: one that was to be next is the one from then on, and the older key is worthless.</summary>
    public HostIdentity Showing(string publicKeySha256) => Next is { } next && next.PublicKeySha256 == publicKeySha256
        ? this with { PublicKeySha256 = next.PublicKeySha256, Serial = next.Serial, Certificate = next.Certificate, NotAfter = next.NotAfter, Next = null }
        : this;

    /// <summary>Whether a key is one of its own.</summary>
    public bool Has(string publicKeySha256) => PublicKeySha256 == publicKeySha256 || Next?.PublicKeySha256 == publicKeySha256;

    /// <summary>A key that is to replace the one of a host.</summary>
    /// <param name="PublicKeySha256">The hex SHA-256 of the public key.</param>
    /// <param name="Serial">The hex serial number of its certificate.</param>
    /// <param name="Certificate">Its certificate, DER.</param>
    /// <param name="NotAfter">When that expires.</param>
    internal sealed record NextKey(string PublicKeySha256, string Serial, ReadOnlyMemory<byte> Certificate, DateTimeOffset NotAfter);
}
