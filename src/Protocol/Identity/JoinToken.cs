using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Agents.Protocol.Identity;

/// <summary>
/// What lets a host join: the hash of the controller's certificate authority, so that the first dial is authenticated, and a secret of 256 bits that the controller knows
/// by its hash alone. Its text is <c>agents1.</c> and both in base64url.
/// </summary>
public sealed class JoinToken
{
    private const string Prefix = "agents1.";
    private const int HashBytes = 32;
    private const int SecretBytes = 32;

    private readonly byte[] _authoritySha256;
    private readonly byte[] _secret;

    private JoinToken(byte[] authoritySha256, byte[] secret)
    {
        _authoritySha256 = authoritySha256;
        _secret = secret;
    }

    /// <summary>The SHA-256 of the authority's certificate in DER form.</summary>
    public ReadOnlySpan<byte> AuthoritySha256 => _authoritySha256;

    /// <summary>The part that is sent to the controller, once its certificate was found to be of that authority.</summary>
    public string Secret => Base64Url.EncodeToString(_secret);

    /// <summary>Makes a token with a new secret.</summary>
    public static JoinToken Create(ReadOnlySpan<byte> authorityCertificate) => new(SHA256.HashData(authorityCertificate), RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads a token's text; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JoinToken? token)
    {
        token = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(Prefix.Length), out var length)
            || length != HashBytes + SecretBytes)
            return false;
        var bytes = Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length));
        token = new JoinToken(bytes[..HashBytes], bytes[HashBytes..]);
        return true;
    }

    /// <summary>What the controller stores of a secret that it was sent; null for what cannot be one.</summary>
    public static byte[]? HashOf(string secret) =>
        Base64Url.IsValid(secret, out var length) && length == SecretBytes ? SHA256.HashData(Base64Url.DecodeFromChars(secret)) : null;

    /// <summary>What the controller stores of this token.</summary>
    public byte[] SecretHash() => SHA256.HashData(_secret);

    /// <summary>The text: as good as the token itself, so never to a log.</summary>
    public string ToText() => Prefix + Base64Url.EncodeToString([.. _authoritySha256, .. _secret]);

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => "join token";
}
