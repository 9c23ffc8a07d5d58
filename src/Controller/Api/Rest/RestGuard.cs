using Agents.Controller.Api.Auth;
using Agents.Controller.Application;
using Agents.Controller.Doors;
using Agents.Protocol.Calls;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Agents.Controller.Api.Rest;

/// <summary>
/// Stands before every endpoint for users, after routing: the host that is asked for, then the token and its role, then the content type. Calls of gRPC have a gate of
/// their own behind the first of these. Whatever fails becomes a problem here.
/// </summary>
internal sealed class RestGuard(RequestDelegate next, Gate gate, AllowedHosts hosts, ILogger<RestGuard> logger)
{
    /// <summary>Guards one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (Door.Of(context) == Door.Agents)
        {
            await next(context);
            return;
        }

        context.Response.Headers[RestAnswers.RequestIdHeader] = RequestIdOf(context);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await PassAsync(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await RestAnswers.WriteAsync(context, ProblemOf(exception, context));
        }
    }

    private static string RequestIdOf(HttpContext context) =>
        RequestIds.OfText(context.Request.Headers[RequestIds.Header].ToString()) is { Length: > 0 } id ? id : Guid.NewGuid().ToString("N");

    private async Task PassAsync(HttpContext context)
    {
        if (!hosts.Contains(context.Request.Host))
        {
            await RestAnswers.WriteAsync(context, Errors.ToProblem(StatusCodes.Status421MisdirectedRequest));
            return;
        }
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is null)
        {
            await AdmitAsync(context, endpoint);
            if (HasForeignContent(context.Request))
            {
                await RestAnswers.WriteAsync(context, Errors.ToProblem(StatusCodes.Status415UnsupportedMediaType));
                return;
            }
        }

        await next(context);
        if (context.Response is { HasStarted: false, StatusCode: >= 400 and var status, ContentLength: null } && context.Response.ContentType is null)
            await RestAnswers.WriteAsync(context, Errors.ToProblem(status));
    }

    private async Task AdmitAsync(HttpContext context, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<RestContract>() is not { } contract)
        {
            // The answers of routing itself, as to a method that an address does not have, show nothing.
            if (endpoint.Metadata.Count > 0)
                throw Refusals.NotForUsers();
            return;
        }
        if (contract.Role is { } role)
        {
            var method = $"{context.Request.Method} {context.Request.Path}";
            context.Features.Set(await gate.AdmitAsync(
                context.Request.Headers.Authorization.ToString(), role, method, context.Connection.RemoteIpAddress?.ToString() ?? "", context.RequestAborted));
        }
    }

    // Over HTTP/2 nothing but the body itself need say that there is one.
    private static bool HasForeignContent(HttpRequest request) =>
        request.ContentLength != 0 && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } && !request.HasJsonContentType();

    private Problem ProblemOf(Exception exception, HttpContext context)
    {
        if (exception is RefusedException refused)
            return Errors.ToProblem(refused.Refusal, hasBody: context.GetEndpoint()?.Metadata.GetMetadata<RestContract>()?.Body is not null);
        if (exception is not BadHttpRequestException)
            Log.RequestFailed(logger, context.Request.Method, context.Request.Path, context.Response.Headers[RestAnswers.RequestIdHeader].ToString(), exception);
        return Errors.ToProblem(exception);
    }
}
