using Grpc.Core;

namespace Agents.Controller.Api.Rest;

/// <summary>A request over REST as the services of the contract see their calls. They ask for who calls and when the client has gone; gRPC's own frame is none here.</summary>
internal abstract class RestCallContext(HttpContext context) : ServerCallContext
{
    /// <summary>The request and its answer.</summary>
    public HttpContext Context => context;

    /// <inheritdoc/>
    protected override string MethodCore => $"{context.Request.Method} {context.Request.Path}";

    /// <inheritdoc/>
    protected override string HostCore => context.Request.Host.Value ?? "";

    /// <inheritdoc/>
    protected override string PeerCore => context.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <inheritdoc/>
    protected override DateTime DeadlineCore => DateTime.MaxValue;

    /// <inheritdoc/>
    protected override Metadata RequestHeadersCore => [];

    /// <inheritdoc/>
    protected override CancellationToken CancellationTokenCore => context.RequestAborted;

    /// <inheritdoc/>
    protected override Metadata ResponseTrailersCore => [];

    /// <inheritdoc/>
    protected override Status StatusCore { get; set; }

    /// <inheritdoc/>
    protected override WriteOptions? WriteOptionsCore { get; set; }

    /// <inheritdoc/>
    protected override AuthContext AuthContextCore => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => throw new NotSupportedException();
}
