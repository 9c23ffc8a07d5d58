using System.Collections.Immutable;
using System.Net;

namespace Agents.Controller.Api;

/// <summary>Where users reach the controller. The ports of REST and gRPC are without TLS and belong on loopback, or behind something that speaks TLS.</summary>
internal sealed record ApiOptions
{
    /// <summary>The address and port of REST.</summary>
    public required IPEndPoint Rest { get; init; }

    /// <summary>The address and port of gRPC.</summary>
    public required IPEndPoint Grpc { get; init; }

    /// <summary>The port with TLS; null when there is none.</summary>
    public UserTls? Tls { get; init; }

    /// <summary>How many connections each port has; of one address a quarter of them, since a proxy before us is one address.</summary>
    public int ConnectionsMax { get; init; } = 2048;

    /// <summary>Names beside localhost and the addresses above that the controller answers to, as they stand in the header Host.</summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];
}
