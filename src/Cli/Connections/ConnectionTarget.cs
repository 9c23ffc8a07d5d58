using Agents.Cli.Model;

namespace Agents.Cli.Connections;

/// <summary>What a connection string is made of: all endpoints of one role, so that a client survives the loss of one.</summary>
internal sealed record ConnectionTarget
{
    /// <summary>How long to wait for one endpoint before the next is tried: without it a proxy whose host is dead costs minutes.</summary>
    public const int ConnectSeconds = 5;

    /// <summary>After how much silence a connection is asked whether it still stands: what a NAT has forgotten is noticed.</summary>
    public const int KeepaliveSeconds = 60;

    /// <summary>The endpoints.</summary>
    public required IReadOnlyList<ClusterStatus.Endpoint> Endpoints { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The role.</summary>
    public required string User { get; init; }

    /// <summary>Its password.</summary>
    public required string Password { get; init; }

    /// <summary>Whether a server that cannot be written to is passed over.</summary>
    public required bool IsReadWrite { get; init; }

    /// <summary>The file of the authority that the servers' certificates are checked against; null where the connection is only encrypted.</summary>
    public required string? CaFile { get; init; }

    /// <summary>The mode of TLS in libpq's words.</summary>
    public string SslMode => CaFile is null ? "require" : "verify-full";

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => nameof(ConnectionTarget);
}
