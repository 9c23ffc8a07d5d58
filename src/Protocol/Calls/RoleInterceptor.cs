using Agents.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Agents.Protocol.Calls;

/// <summary>
/// Asks a gate before every call, with the role that the method declares. The gate throws where the caller may not; nothing of the call is read before.
/// </summary>
public abstract class RoleInterceptor : Interceptor
{
    /// <summary>Throws an <see cref="RpcException"/> unless the caller may call a method of this role.</summary>
    protected abstract Task RequireAsync(Role role, ServerCallContext context);

    /// <inheritdoc/>
    public sealed override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await RequireAsync(MethodRoles.Of(context.Method), context);
        return await continuation(request, context);
    }

    /// <inheritdoc/>
    public sealed override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await RequireAsync(MethodRoles.Of(context.Method), context);
        await continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public sealed override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await RequireAsync(MethodRoles.Of(context.Method), context);
        return await continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public sealed override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await RequireAsync(MethodRoles.Of(context.Method), context);
        await continuation(requestStream, responseStream, context);
    }
}
