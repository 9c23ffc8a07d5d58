using Agents.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Agents.Agent.Services;

/// <summary>Turns failures into statuses with their reason, for every method. What it does not know is a bug and stays the runtime's INTERNAL.</summary>
internal sealed class ErrorInterceptor : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        MapAsync(
            () =>
            {
                TimeFields.Require((IMessage)request);
                return continuation(request, context);
            },
            context);

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        MapAsync(
            async () =>
            {
                TimeFields.Require((IMessage)request);
                await continuation(request, responseStream, context);
                return true;
            },
            context);

    private static async Task<T> MapAsync<T>(Func<Task<T>> call, ServerCallContext context)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller has left."));
        }
        catch (Exception exception) when (StatusMapping.Of(exception) is { } mapped)
        {
            throw mapped;
        }
    }
}
