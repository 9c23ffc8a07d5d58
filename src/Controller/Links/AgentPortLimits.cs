namespace Agents.Controller.Links;

/// <summary>What strangers may take of the agents' port: everything there is for agents, who have a certificate, and this much for those who ask for one.</summary>
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

    /// <summary>The largest request to <c>EnrollmentService</c>, whoever sends it.</summary>
    public const int RequestBytesMax = 64 * 1024;
}
