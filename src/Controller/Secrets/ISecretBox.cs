namespace Agents.Controller.Secrets;

/// <summary>Seals secrets for the store. What is sealed can only be opened with the key file, for the purpose that it was sealed for.</summary>
internal interface ISecretBox
{
    /// <summary>The id of the key that new secrets are sealed with; also inside each sealed secret.</summary>
    string KeyId { get; }

    /// <summary>Seals a secret. <paramref name="purpose"/> says what it is and of what, as "ca-key/1f2e": a secret moved to another record does not open there.</summary>
    byte[] Seal(ReadOnlySpan<byte> secret, string purpose);

    /// <summary>Opens a sealed secret. Throws <see cref="SecretUnreadableException"/> when the key is not in the key file, the purpose is another, or a bit was changed.</summary>
    byte[] Open(ReadOnlySpan<byte> sealedSecret, string purpose);
}
