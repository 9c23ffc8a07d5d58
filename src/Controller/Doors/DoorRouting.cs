using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Agents.Controller.Doors;

/// <summary>Gives ports their doors and endpoints their audience, and holds the one to the other.</summary>
internal static class DoorRouting
{
    /// <summary>Makes an endpoint of Kestrel a door. Connections carry the mark, and with them every request.</summary>
    public static void UseDoor(this ListenOptions listen, Door door) => listen.Use(next => connection =>
    {
        connection.Features.Set(door);
        return next(connection);
    });

    /// <summary>Closes connections at once when there are as many as there may be: who has no token is told so by a connection, and that must not cost the agents theirs.</summary>
    public static void UsePlaces(this ListenOptions listen, int max, int ofAddressMax)
    {
        var places = new ConnectionPlaces(max, ofAddressMax);
        listen.Use(next => async connection =>
        {
            var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
            if (!places.TryEnter(address))
            {
                connection.Abort(new ConnectionAbortedException("too many connections"));
                return;
            }

            try
            {
                await next(connection);
            }
            finally
            {
                places.Leave(address);
            }
        });
    }

    /// <summary>Says who endpoints are for. Those that say nothing are served to no one.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoints, Door.Audience audience)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new Door.For(audience));

    /// <summary>Forgets the endpoint of a request that came in by another door. Put right behind routing.</summary>
    public static void UseDoors(this IApplicationBuilder application) => application.Use((context, next) =>
    {
        if (context.GetEndpoint() is { } endpoint && !IsServed(endpoint, Door.Of(context)))
            context.SetEndpoint(null);
        return next(context);
    });

    private static bool IsServed(Endpoint endpoint, Door door) => endpoint.Metadata.GetMetadata<Door.For>() is { } served
        ? door.Serves(served.Audience)
        : endpoint.Metadata.Count == 0 && door.Serves(Door.Audience.Rest); // What routing itself answers, as to a method that an address does not have.
}
