using System.Diagnostics.CodeAnalysis;
using Agents.Domain.Model;

namespace Agents.Controller.Links;

/// <summary>The links of this controller. At most one session of a host is to be seen at a time. Safe for concurrent use.</summary>
internal interface ILinks
{
    /// <summary>The session of a host; false when it has no link now.</summary>
    bool TryGet(HostId hostId, [NotNullWhen(true)] out ILinkSession? session);

    /// <summary>The session of a host. Throws UNAVAILABLE with HOST_DISCONNECTED, at once, when it has no link now.</summary>
    ILinkSession Get(HostId hostId);

    /// <summary>All sessions.</summary>
    IReadOnlyList<ILinkSession> List();

    /// <summary>
    /// The sessions that there are, then every change in its order. Throws <see cref="InvalidOperationException"/> when the reader falls thousands of changes behind:
    /// watch again, the beginning is complete.
    /// </summary>
    IAsyncEnumerable<LinkChange> WatchAsync(CancellationToken cancellationToken);

    /// <summary>Ends the session of a host, if there is one; for revocation.</summary>
    void Cut(HostId hostId, string reason);
}
