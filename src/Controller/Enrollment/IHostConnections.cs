using Agents.Domain.Model;

namespace Agents.Controller.Enrollment;

/// <summary>The connections that hosts hold to this controller. An edge: the real one cuts sockets.</summary>
internal interface IHostConnections
{
    /// <summary>Cuts all connections of a host, links and transfers alike. What it calls next is judged anew.</summary>
    void Cut(HostId hostId, string reason);
}
