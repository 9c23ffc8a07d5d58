using Agents.Controller.Doors;

namespace Agents.Controller.Api.Rest;

/// <summary>Maps endpoints with their contracts.</summary>
internal static class RestRoutes
{
    /// <summary>Maps one endpoint. Each has a contract; what does not, is served to no one.</summary>
    public static void MapRest(this IEndpointRouteBuilder routes, string method, string pattern, RestContract contract, Func<RestCall, Task> handle)
    {
        // A delegate that is more than a request delegate is described in the OpenAPI document.
        Delegate handler = (HttpContext context) => HandleAsync(context, contract, handle);
        routes.MapMethods(pattern, [method], handler).WithMetadata(contract).For(Door.Audience.Rest);
    }

    private static async Task HandleAsync(HttpContext context, RestContract contract, Func<RestCall, Task> handle)
    {
        var call = new RestCall(context, contract);
        call.CheckQuery();
        await handle(call);
    }
}
