using System.Net;

namespace Agents.Agent.Configuration;

/// <summary>The addresses that a host could be reached at. An edge: the real one asks the kernel.</summary>
internal interface IHostAddresses
{
    /// <summary>All addresses of network cards that are up, without loopback, link-local addresses and the engine's own bridges.</summary>
    IReadOnlyList<IPAddress> Candidates();

    /// <summary>All addresses of all network cards: what an administrator may name.</summary>
    IReadOnlyList<IPAddress> All();
}
