using Agents.Domain.Model;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Agents.Controller.Links;

/// <summary>
/// Says HOST_DISCONNECTED where the runtime would only say that a connection failed: for calls after the session's end, and for unary calls that its end cut off.
/// Whether such a call was carried out is not known.
/// </summary>
internal sealed class SessionInterceptor(HostId hostId, CancellationToken closed) : Interceptor
{
    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        ThrowIfClosed();
        var call = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(
            TranslateAsync(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        ThrowIfClosed();
        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        ThrowIfClosed();
        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        ThrowIfClosed();
        return continuation(context);
    }

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        ThrowIfClosed();
        return continuation(context);
    }

    private async Task<TResponse> TranslateAsync<TResponse>(Task<TResponse> response)
    {
        try
        {
            return await response;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal && IsTransportFailure(exception))
        {
            throw LinkErrors.HostDisconnected(hostId);
        }
    }

    /// <summary>The agent's own UNAVAILABLE comes with its reason in the trailers; a broken connection has none, and an exception of the HTTP client instead.</summary>
    private static bool IsTransportFailure(RpcException exception) =>
        exception.Trailers.Count == 0 && exception.Status.DebugException is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException;

    private void ThrowIfClosed()
    {
        if (closed.IsCancellationRequested)
            throw LinkErrors.HostDisconnected(hostId);
    }
}
