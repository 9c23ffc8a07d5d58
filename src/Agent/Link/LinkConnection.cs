using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Agents.Agent.Link;

/// <summary>
/// A dialled connection as Kestrel sees it: plain bytes with HTTP/2 by prior knowledge. It has no TLS feature, since Kestrel would refuse it for its ALPN name; who the peer is
/// stands in <see cref="LinkPeer"/>.
/// </summary>
internal sealed class LinkConnection : ConnectionContext
{
    private readonly Stream _stream;
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    /// <summary>A connection over a stream that it owns.</summary>
    public LinkConnection(Stream stream, LinkPeer link, EndPoint? localEndPoint, EndPoint? remoteEndPoint)
    {
        _stream = stream;
        Transport = new LinkTransport(stream);
        LocalEndPoint = localEndPoint;
        RemoteEndPoint = remoteEndPoint;
        ConnectionClosed = _closed.Token;
        Features = new FeatureCollection();
        Features.Set(link);
    }

    /// <summary>Completes when Kestrel is done with the connection.</summary>
    public Task Ended => _ended.Task;

    /// <inheritdoc/>
    public override string ConnectionId { get; set; } = $"link-{Guid.NewGuid():N}";

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; }

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        Cancel();
        _stream.Dispose(); // Ends a read that would wait for a peer that is gone.
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Cancel();
            await _stream.DisposeAsync();
            _ended.TrySetResult();
        }

        await base.DisposeAsync();
    }

    private void Cancel()
    {
        // On another thread: what is registered there may call back into this connection.
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _closed, preferLocal: false);
    }
}
