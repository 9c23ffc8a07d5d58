namespace Agents.Controller.Stores;

/// <summary>A certificate authority as it is stored.</summary>
/// <param name="Id">The hex serial number of its certificate.</param>
/// <param name="Certificate">Its certificate, DER.</param>
/// <param name="SealedKey">Its PKCS#8 key, sealed for the purpose "ca-key/{id}".</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record StoredAuthority(string Id, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> SealedKey, DateTimeOffset CreatedAt);
