using Agents.Controller.Application;
using Agents.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Agents.Controller.Api.Grpc;

/// <summary>Turns what use cases throw into statuses. What was not foreseen is logged and told without its content.</summary>
internal sealed class RefusalInterceptor(ILogger<RefusalInterceptor> logger) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            TimeFields.Require((IMessage)request);
            return await continuation(request, context);
        }
        catch (Exception exception) when (IsOurs(exception, context))
        {
            throw Translate(exception, context.Method);
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            TimeFields.Require((IMessage)request);
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (IsOurs(exception, context))
        {
            throw Translate(exception, context.Method);
        }
    }

    private static bool IsOurs(Exception exception, ServerCallContext context) =>
        exception is not RpcException && !(exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested);

    private RpcException Translate(Exception exception, string method)
    {
        if (exception is RefusedException refused)
            return Errors.ToRpc(refused.Refusal);
        Log.CallFailed(logger, method, exception);
        return Errors.ToRpc(exception);
    }
}
