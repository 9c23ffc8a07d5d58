using Agents.Domain.Model;
using Agents.Protocol;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Agents.Controller.Links;

/// <summary>
/// Says HOST_DISCONNECTED where the runtime would only say that a connection failed: for calls after the session's end, and for calls that its end cut
/// off. Whether such a call was carried out is not known. Nothing is sent to an agent that lacks what the call needs.
/// </summary>
internal sealed class SessionInterceptor(HostId hostId, Action<string> requireCapability, CancellationToken closed) : Interceptor
{
    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(context.Method, () => continuation(request, context));
        return new AsyncUnaryCall<TResponse>(
            TranslateAsync(() => call.ResponseAsync, context.Options.CancellationToken), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        Begin(context.Method, () => continuation(request, context));

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(context.Method, () => continuation(request, context));
        var reader = new SessionStreamReader<TResponse>(call.ResponseStream, read => TranslateAsync(read, context.Options.CancellationToken));
        return new AsyncServerStreamingCall<TResponse>(reader, call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        Begin(context.Method, () => continuation(context));

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        Begin(context.Method, () => continuation(context));

    private T Begin<T>(IMethod method, Func<T> begin)
    {
        if (closed.IsCancellationRequested)
            throw LinkErrors.HostDisconnected(hostId);
        requireCapability(method.ServiceName);
        try
        {
            return begin();
        }
        catch (ObjectDisposedException) when (closed.IsCancellationRequested)
        {
            throw LinkErrors.HostDisconnected(hostId); // The session ended between the question and the call.
        }
    }

    private async Task<T> TranslateAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read();
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested && IsEndOfLink(exception))
        {
            throw LinkErrors.HostDisconnected(hostId);
        }
        catch (ObjectDisposedException) when (closed.IsCancellationRequested)
        {
            throw LinkErrors.HostDisconnected(hostId);
        }
    }

    /// <summary>What the agent itself says comes with a reason in the trailers; a connection that ended has none.</summary>
    private bool IsEndOfLink(RpcException exception) =>
        RpcErrors.ReasonOf(exception).Length == 0
        && exception.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal
        && (closed.IsCancellationRequested || exception.Status.DebugException is IOException or HttpRequestException);
}
