namespace Grpc.Core;

/// <summary>Writes the messages of a stream, one at a time.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the writes that follow; null means the call's own.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes one message. At most one write may be under way.</summary>
    Task WriteAsync(T message);

    /// <summary>Writes one message unless it is cancelled; a writer that does not know cancellation refuses a token that can be cancelled.</summary>
    Task WriteAsync(T message, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled
            ? throw new NotSupportedException("This stream writer does not support cancelling a write.")
            : WriteAsync(message);
}
