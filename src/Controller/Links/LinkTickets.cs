using System.Security.Cryptography;
using Agents.Domain.Model;
using Agents.Protocol.Link;

namespace Agents.Controller.Links;

/// <summary>The permissions that wait for their links. A host has one at the most: a newer one makes the older worthless. Safe for concurrent use.</summary>
internal sealed class LinkTickets(TimeProvider timeProvider)
{
    private readonly Dictionary<string, LinkTicket> _byNonce = new(StringComparer.Ordinal);
    private readonly Dictionary<HostId, string> _nonces = [];
    private readonly Lock _lock = new();

    /// <summary>Makes a permission and returns its nonce.</summary>
    public byte[] Issue(HostId hostId, string bootId, string processId)
    {
        var nonce = RandomNumberGenerator.GetBytes(LinkProtocol.NonceBytes);
        var text = Convert.ToHexString(nonce);
        lock (_lock)
        {
            if (_nonces.Remove(hostId, out var older))
                _byNonce.Remove(older);
            _nonces[hostId] = text;
            _byNonce[text] = new LinkTicket(hostId, bootId, processId, timeProvider.GetUtcNow() + LinkProtocol.NonceLifetime);
        }

        return nonce;
    }

    /// <summary>Takes the permission of a nonce; null when it is unknown, was taken before, is too old or is another host's.</summary>
    public LinkTicket? Take(ReadOnlySpan<byte> nonce, HostId hostId)
    {
        var text = Convert.ToHexString(nonce);
        lock (_lock)
        {
            if (!_byNonce.TryGetValue(text, out var ticket) || ticket.HostId != hostId)
                return null;
            _byNonce.Remove(text);
            _nonces.Remove(ticket.HostId);
            return ticket.ExpiresAt >= timeProvider.GetUtcNow() ? ticket : null;
        }
    }
}
