using Agents.Domain.Model;
using Agents.Words;

namespace Agents.Domain.Engines.Patroni;

/// <summary>Paths in our images.</summary>
internal static class Paths
{
    /// <summary>Where the configuration volume is mounted.</summary>
    public const string Config = ConfigPaths.Directory;

    /// <summary>The authority of servers.</summary>
    public const string ServerAuthority = $"{Config}/ca.crt";

    /// <summary>The authority of clients of etcd and Patroni.</summary>
    public const string ClientAuthority = $"{Config}/client-ca.crt";

    /// <summary>The authority of etcd's members among themselves.</summary>
    public const string PeerAuthority = $"{Config}/peer-ca.crt";

    /// <summary>Where the programs of a cluster's PostgreSQL are.</summary>
    public static string Binaries(EffectiveSpec spec) => $"/usr/lib/postgresql/{spec.PostgresVersion}/bin";
}
