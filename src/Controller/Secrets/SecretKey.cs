using System.Security.Cryptography;

namespace Agents.Controller.Secrets;

/// <summary>A key that seals other keys. Its id is made from it, so that a wrong key file is noticed before anything is decrypted with it.</summary>
internal sealed class SecretKey
{
    /// <summary>The length of a key.</summary>
    public const int Bytes = 32;

    /// <summary>The length of the id's text.</summary>
    public const int IdLength = 16;

    private readonly byte[] _key;

    /// <summary>A key of <see cref="Bytes"/> bytes.</summary>
    public SecretKey(byte[] key)
    {
        if (key.Length != Bytes)
            throw new ArgumentException($"a key has {Bytes} bytes", nameof(key));
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData([.. "agents key id"u8, .. key]))[..IdLength];
    }

    /// <summary>The id; not a secret.</summary>
    public string Id { get; }

    /// <summary>The key itself.</summary>
    public ReadOnlySpan<byte> Value => _key;
}
