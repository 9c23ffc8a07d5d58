using Agents.Controller.Enrollment;
using Agents.Domain.Model;
using Microsoft.AspNetCore.Connections;

namespace Agents.Controller.Links;

/// <summary>
/// The connections that hosts hold, links and transfers alike, so that all of them can be cut at once. A connection is here before its certificate is looked up in the store:
/// a revocation that comes between the two finds it. Safe for concurrent use.
/// </summary>
internal sealed class AgentConnections(AgentPortLimits limits) : IHostConnections
{
    private readonly Dictionary<HostId, HashSet<ConnectionContext>> _connections = [];
    private readonly Dictionary<HostId, int> _admitted = [];
    private readonly Lock _lock = new();

    /// <summary>Adds a connection.</summary>
    public void Add(HostId hostId, ConnectionContext connection)
    {
        lock (_lock)
        {
            if (!_connections.TryGetValue(hostId, out var held))
                _connections[hostId] = held = [];
            held.Add(connection);
        }
    }

    /// <summary>Removes a connection.</summary>
    public void Remove(HostId hostId, ConnectionContext connection)
    {
        lock (_lock)
        {
            if (_connections.TryGetValue(hostId, out var held) && held.Remove(connection) && held.Count == 0)
                _connections.Remove(hostId);
        }
    }

    /// <summary>Counts a connection whose certificate is the host's; false when the host has as many as it may.</summary>
    public bool TryAdmit(HostId hostId)
    {
        lock (_lock)
        {
            var count = _admitted.GetValueOrDefault(hostId);
            if (count >= limits.HostConnectionsMax)
                return false;
            _admitted[hostId] = count + 1;
            return true;
        }
    }

    /// <summary>A connection that was counted has ended.</summary>
    public void Leave(HostId hostId)
    {
        lock (_lock)
        {
            if (--_admitted[hostId] == 0)
                _admitted.Remove(hostId);
        }
    }

    /// <inheritdoc/>
    public void Cut(HostId hostId, string reason)
    {
        ConnectionContext[] held;
        lock (_lock)
            held = _connections.TryGetValue(hostId, out var found) ? [.. found] : [];
        foreach (var connection in held)
            connection.Abort(new ConnectionAbortedException(reason));
    }
}
