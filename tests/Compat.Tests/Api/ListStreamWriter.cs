using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Writes to a list; knows no cancellation.</summary>
internal sealed class ListStreamWriter<T> : IClientStreamWriter<T>, IServerStreamWriter<T>
{
    private bool _complete;

    /// <summary>What was written.</summary>
    public List<T> Written { get; } = [];

    /// <inheritdoc cref="IAsyncStreamWriter{T}.WriteOptions"/>
    public WriteOptions? WriteOptions { get; set; }

    /// <inheritdoc cref="IAsyncStreamWriter{T}.WriteAsync(T)"/>
    public Task WriteAsync(T message)
    {
        if (_complete) throw new InvalidOperationException("The stream has ended.");
        Written.Add(message);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CompleteAsync()
    {
        _complete = true;
        return Task.CompletedTask;
    }
}
