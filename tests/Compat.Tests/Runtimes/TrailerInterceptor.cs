using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>Adds a trailer with the type of the call to each server call, and refuses calls with the header <see cref="RefuseHeader"/>.</summary>
internal sealed class TrailerInterceptor : Interceptor
{
    /// <summary>The trailer.</summary>
    public const string Trailer = "call-type";

    /// <summary>The header of calls to refuse.</summary>
    public const string RefuseHeader = "refuse-me";

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        See(context, MethodType.Unary);
        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        See(context, MethodType.ClientStreaming);
        return continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        See(context, MethodType.ServerStreaming);
        return continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        See(context, MethodType.DuplexStreaming);
        return continuation(requestStream, responseStream, context);
    }

    private static void See(ServerCallContext context, MethodType type)
    {
        context.UserState[Trailer] = type;
        context.ResponseTrailers.Add(Trailer, context.UserState[Trailer].ToString()!);
        if (context.RequestHeaders.Get(RefuseHeader) is not null) throw new RpcException(new Status(StatusCode.PermissionDenied, context.Method));
    }
}
