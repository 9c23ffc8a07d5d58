namespace Agents.Controller.Links;

/// <summary>What may be taken of the agents' port: by strangers, who ask for a certificate, and by one host, whose agent may be wrong or another's.</summary>
internal sealed record AgentPortLimits
{
    /// <summary>Connections at a time that have shown no good certificate, in all.</summary>
    public int StrangersMax { get; init; } = 256;

    /// <summary>Connections at a time of one address that have shown no good certificate; of IPv6 a network of 64 bits is one address.</summary>
    public int StrangersOfAddressMax { get; init; } = 16;

    /// <summary>How long such a connection may last, handshake and answer included.</summary>
    public TimeSpan StrangerLife { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls at a time on such a connection.</summary>
    public int StrangerCallsMax { get; init; } = 4;

    /// <summary>How many connections a host may have; what is over is a stranger's, whatever certificate it shows.</summary>
    public int HostConnectionsMax { get; init; } = 32;

    /// <summary>How many calls a host may make at once, after a time of quiet.</summary>
    public int HostCallsMax { get; init; } = 60;

    /// <summary>How many calls a host may make for as long as it likes.</summary>
    public double HostCallsPerSecond { get; init; } = 1;

    /// <summary>The largest request, whoever sends it.</summary>
    public const int RequestBytesMax = 64 * 1024;
}
