using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Notes what is bound to it.</summary>
internal sealed class RecordingBinder : ServiceBinderBase
{
    /// <summary>Type and path of each method, in order.</summary>
    public List<string> Bound { get; } = [];

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        Bound.Add($"unary {method.FullName}");

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        Bound.Add($"client streaming {method.FullName}");

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        Bound.Add($"server streaming {method.FullName}");

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        Bound.Add($"duplex {method.FullName}");
}
