using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Agents.Domain.Model;

namespace Agents.Controller.Secrets;

/// <summary>
/// Marks tickets, so that an agent cannot give back one that was never given out: HMAC-SHA256 under keys derived from those of the key file. The first key marks, all of them
/// are accepted. Safe for concurrent use.
/// </summary>
internal sealed class TicketSeal(IReadOnlyList<SecretKey> keys)
{
    private readonly byte[][] _keys = [.. keys.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Value.ToArray(), HMACSHA256.HashSizeInBytes, info: "agents command ticket"u8.ToArray()))];

    /// <summary>The mark on a ticket of this controller's.</summary>
    public byte[] Mark(string controllerId, Ticket ticket) => HMACSHA256.HashData(_keys[0], BytesOf(controllerId, ticket));

    /// <summary>Whether a mark is ours.</summary>
    public bool IsOurs(string controllerId, Ticket ticket, ReadOnlySpan<byte> mark)
    {
        var bytes = BytesOf(controllerId, ticket);
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, bytes), mark))
                return true;
        }

        return false;
    }

    /// <summary>Each part with its length before it: no two tickets have the same bytes.</summary>
    private static byte[] BytesOf(string controllerId, Ticket ticket)
    {
        using var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var text in new[] { controllerId, ticket.EpochId, ticket.SubjectId })
        {
            var encoded = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64BigEndian(number, encoded.Length);
            bytes.Write(number);
            bytes.Write(encoded);
        }

        foreach (var value in new[] { ticket.Epoch, ticket.StoreRevision, ticket.Generation })
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            bytes.Write(number);
        }

        return bytes.ToArray();
    }
}
