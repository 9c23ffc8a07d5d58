using Grpc.Core;
using Grpc.Core.Testing;

namespace Agents.Compat.Tests.Api;

/// <summary>Notes each call and answers it with nothing.</summary>
internal sealed class RecordingCallInvoker : CallInvoker
{
    /// <summary>Type, method and host of each call, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The headers of the last call.</summary>
    public Metadata? Headers { get; private set; }

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Note(nameof(BlockingUnaryCall), method, host, options);
        return method.ResponseMarshaller.Deserializer([]);
    }

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Note(nameof(AsyncUnaryCall), method, host, options);
        return TestCalls.AsyncUnaryCall(Empty(method), NoHeaders(), Success, Nothing, End);
    }

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Note(nameof(AsyncServerStreamingCall), method, host, options);
        return TestCalls.AsyncServerStreamingCall(new ListStreamReader<TResponse>([]), NoHeaders(), Success, Nothing, End);
    }

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Note(nameof(AsyncClientStreamingCall), method, host, options);
        return TestCalls.AsyncClientStreamingCall(new ListStreamWriter<TRequest>(), Empty(method), NoHeaders(), Success, Nothing, End);
    }

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Note(nameof(AsyncDuplexStreamingCall), method, host, options);
        return TestCalls.AsyncDuplexStreamingCall(
            new ListStreamWriter<TRequest>(), new ListStreamReader<TResponse>([]), NoHeaders(), Success, Nothing, End);
    }

    private void Note(string type, IMethod method, string? host, CallOptions options)
    {
        Calls.Add($"{type} {method.Name} at {host ?? "-"}");
        Headers = options.Headers;
    }

    private static Task<TResponse> Empty<TRequest, TResponse>(Method<TRequest, TResponse> method) =>
        Task.FromResult(method.ResponseMarshaller.Deserializer([]));

    private static Task<Metadata> NoHeaders() => Task.FromResult(Metadata.Empty);

    private static Status Success() => Status.DefaultSuccess;

    private static Metadata Nothing() => Metadata.Empty;

    private static void End()
    {
        // The calls hold nothing.
    }
}
