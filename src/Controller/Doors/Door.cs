namespace Agents.Controller.Doors;

/// <summary>
/// A port, and what is served on it. A connection has the door of the endpoint that it came in by, whatever the client says of itself: an endpoint that is not for it is
/// not there.
/// </summary>
internal sealed class Door
{
    private readonly Audience[] _audiences;

    private Door(params Audience[] audiences) => _audiences = audiences;

    /// <summary>For agents.</summary>
    public static Door Agents { get; } = new(Audience.Agents);

    /// <summary>For users of REST, without TLS.</summary>
    public static Door Rest { get; } = new(Audience.Rest);

    /// <summary>For users of gRPC, without TLS.</summary>
    public static Door Grpc { get; } = new(Audience.Grpc);

    /// <summary>For users of both, with TLS.</summary>
    public static Door Tls { get; } = new(Audience.Rest, Audience.Grpc);

    /// <summary>Whether it is served here.</summary>
    public bool Serves(Audience audience) => _audiences.Contains(audience);

    /// <summary>The door that a request came in by. Throws where an endpoint of Kestrel has none.</summary>
    public static Door Of(HttpContext context) => context.Features.Get<Door>() ?? throw new InvalidOperationException("this port has no door: say which with UseDoor");

    /// <summary>Who an endpoint is for.</summary>
    internal enum Audience
    {
        /// <summary>The agents of hosts.</summary>
        Agents,

        /// <summary>Users of REST.</summary>
        Rest,

        /// <summary>Users of gRPC.</summary>
        Grpc,
    }

    /// <summary>Says who an endpoint is for.</summary>
    /// <param name="Audience">Them.</param>
    internal sealed record For(Audience Audience);
}
