using Agents.Controller.Stores;

namespace Agents.Controller.Api.Rest.Endpoints;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
internal sealed class HealthEndpoints(IStore store, IHostApplicationLifetime lifetime)
{
    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRest("GET", "/healthz", new RestContract { OperationId = "getHealth", Summary = "Whether the process lives", Role = null }, LiveAsync);
        routes.MapRest("GET", "/readyz", new RestContract { OperationId = "getReadiness", Summary = "Whether it can do its work: the store answers and it is not shutting down", Role = null }, ReadyAsync);
    }

    private static Task LiveAsync(RestCall call) => call.Context.Response.WriteAsync("ok\n", call.Aborted);

    private async Task ReadyAsync(RestCall call)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            call.Context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        await store.ReadAsync(reader => reader.Identity, call.Aborted);
        await call.Context.Response.WriteAsync("ok\n", call.Aborted);
    }
}
