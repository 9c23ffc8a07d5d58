using System.Net.Security;

namespace Agents.Protocol.Link;

/// <summary>
/// The constants of the link. The agent dials, sends the nonce that Attach gave it, and from then on is an HTTP/2 server with prior knowledge on that very connection.
/// </summary>
public static class LinkProtocol
{
    /// <summary>The name by which a link is told from an ordinary call on the agents' port.</summary>
    public static SslApplicationProtocol Alpn { get; } = new("agents-link/1");

    /// <summary>The length of the nonce that precedes HTTP/2.</summary>
    public const int NonceBytes = 32;

    /// <summary>How long a nonce is good; it is good once.</summary>
    public static TimeSpan NonceLifetime { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The deadline of unary calls that say none.</summary>
    public static TimeSpan DefaultDeadline { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the owner of an older link of the same host has to answer before it is given up.</summary>
    public static TimeSpan DuplicatePing { get; } = TimeSpan.FromSeconds(2);

    /// <summary>HTTP/2 flow control of the whole connection: bulk goes over another connection, so this only bounds memory.</summary>
    public const int ConnectionWindowBytes = 8 * 1024 * 1024;

    /// <summary>HTTP/2 flow control of one stream: what a reader that stalls can make the other side hold.</summary>
    public const int StreamWindowBytes = 512 * 1024;

    /// <summary>Calls at a time on one link.</summary>
    public const int StreamsMax = 1000;

    /// <summary>The largest message: images and logs come in pieces.</summary>
    public const int MessageBytesMax = 4 * 1024 * 1024;

    /// <summary>How long a caller hears nothing before it asks for a sign of life.</summary>
    public static TimeSpan ControllerPingDelay { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the agent pings a quiet link. It redials, so it is the one that must notice first.</summary>
    public static TimeSpan AgentPingDelay { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer to a ping may take.</summary>
    public static TimeSpan PingTimeout { get; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the kernel may wait for an acknowledgement: catches what the pings cannot, a connection whose send queue is full.</summary>
    public static TimeSpan UnacknowledgedMax { get; } = TimeSpan.FromSeconds(8);
}
