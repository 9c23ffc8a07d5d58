using System.Globalization;
using Agents.Agent.Instances;
using Agents.Words;

namespace Agents.Agent.Postgres;

/// <summary>One running PostgreSQL server of this host: a container that is started again is another server, so nothing kept for the old one is used for it.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="ContainerId">Its container.</param>
/// <param name="InitPid">The container's first process.</param>
/// <param name="Root">Where the process's root directory is seen from here.</param>
/// <param name="Port">The port that also names the socket.</param>
internal sealed record PostgresServer(string InstanceId, string ContainerId, int InitPid, string Root, int Port)
{
    /// <summary>The name of its socket.</summary>
    public string SocketName => string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{Port}");

    /// <summary>Its socket, below the root. Not below /var/run: in the image that is a link, and links are not followed.</summary>
    public string SocketPath => $"run/postgresql/{SocketName}";

    /// <summary>The server of an instance; throws <see cref="PostgresUnreachableException"/> when it does not run.</summary>
    public static PostgresServer Of(LocalInstance instance)
    {
        if (instance.InitPid == 0)
            throw new PostgresUnreachableException("the container does not run");
        if (!instance.Ports.TryGetValue(PortNames.Postgres, out var port))
            throw new PostgresUnreachableException("the container has no port for PostgreSQL");
        var root = string.Create(CultureInfo.InvariantCulture, $"/proc/{instance.InitPid}/root");
        return new PostgresServer(instance.InstanceId, instance.ContainerId, instance.InitPid, root, port);
    }
}
