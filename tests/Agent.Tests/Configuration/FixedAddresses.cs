using System.Net;
using Agents.Agent.Configuration;

namespace Agents.Agent.Tests.Configuration;

/// <summary>A host with given addresses.</summary>
internal sealed class FixedAddresses(params string[] addresses) : IHostAddresses
{
    /// <inheritdoc/>
    public IReadOnlyList<IPAddress> Candidates() => [.. addresses.Select(IPAddress.Parse)];

    /// <inheritdoc/>
    public IReadOnlyList<IPAddress> All() => [.. Candidates(), IPAddress.Parse("10.0.0.5"), IPAddress.Loopback]; // One on a bridge.
}
