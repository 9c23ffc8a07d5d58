using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Controller.Secrets;

/// <summary>
/// Envelope encryption with AES-256-GCM: each secret has a key of its own, which is sealed with a key of the key file. Format: version, key id, then the sealed data key and
/// the sealed secret, each as nonce, tag and cipher text. The purpose is authenticated with both. Safe for concurrent use.
/// </summary>
internal sealed class SecretBox
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + SecretKey.IdLength;
    private const int WrappedKeyBytes = NonceBytes + TagBytes + SecretKey.Bytes;

    private readonly IReadOnlyList<SecretKey> _keys;

    /// <summary>A box over keys; the first one seals.</summary>
    public SecretBox(IReadOnlyList<SecretKey> keys)
    {
        if (keys.Count == 0)
            throw new ArgumentException("a box needs a key", nameof(keys));
        _keys = keys;
    }

    /// <summary>The id of the key that new secrets are sealed with; also inside each sealed secret.</summary>
    public string KeyId => _keys[0].Id;

    /// <summary>Seals a secret. <paramref name="purpose"/> says what it is and of what, as "ca-key/1f2e": a secret moved to another record does not open there.</summary>
    public byte[] Seal(ReadOnlySpan<byte> secret, string purpose)
    {
        var context = ContextOf(KeyId, purpose);
        Span<byte> dataKey = stackalloc byte[SecretKey.Bytes];
        RandomNumberGenerator.Fill(dataKey);

        var output = new ArrayBufferWriter<byte>(HeaderBytes + WrappedKeyBytes + NonceBytes + TagBytes + secret.Length);
        output.Write([Version]);
        output.Write(Encoding.ASCII.GetBytes(KeyId));
        Encrypt(_keys[0].Value, dataKey, context, output);
        Encrypt(dataKey, secret, context, output);
        CryptographicOperations.ZeroMemory(dataKey);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Opens a sealed secret. Throws <see cref="SecretUnreadableException"/> when the key is not in the key file, the purpose is another, or a bit was changed.</summary>
    public byte[] Open(ReadOnlySpan<byte> sealedSecret, string purpose)
    {
        if (sealedSecret.Length < HeaderBytes + WrappedKeyBytes + NonceBytes + TagBytes || sealedSecret[0] != Version)
            throw new SecretUnreadableException("a sealed secret is malformed");
        var keyId = Encoding.ASCII.GetString(sealedSecret[1..HeaderBytes]);
        var key = _keys.FirstOrDefault(key => key.Id == keyId) ?? throw new SecretUnreadableException($"the key file has no key {keyId}");
        var context = ContextOf(keyId, purpose);
        try
        {
            var dataKey = Decrypt(key.Value, sealedSecret.Slice(HeaderBytes, WrappedKeyBytes), context);
            var secret = Decrypt(dataKey, sealedSecret[(HeaderBytes + WrappedKeyBytes)..], context);
            CryptographicOperations.ZeroMemory(dataKey);
            return secret;
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new SecretUnreadableException($"a sealed secret was changed, or is not for \"{purpose}\"", exception);
        }
    }

    private static byte[] ContextOf(string keyId, string purpose) => [Version, .. Encoding.ASCII.GetBytes(keyId), .. Encoding.UTF8.GetBytes(purpose)];

    private static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context, ArrayBufferWriter<byte> output)
    {
        var length = NonceBytes + TagBytes + plain.Length;
        var target = output.GetSpan(length)[..length];
        var nonce = target[..NonceBytes];
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, target[(NonceBytes + TagBytes)..], target.Slice(NonceBytes, TagBytes), context);
        output.Advance(length);
    }

    private static byte[] Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, ReadOnlySpan<byte> context)
    {
        var plain = new byte[input.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(input[..NonceBytes], input[(NonceBytes + TagBytes)..], input.Slice(NonceBytes, TagBytes), plain, context);
        return plain;
    }
}
