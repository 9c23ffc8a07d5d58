using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Reads the messages of a list.</summary>
internal sealed class ListStreamReader<T>(IReadOnlyList<T> messages) : IAsyncStreamReader<T>
{
    private int _next;

    /// <inheritdoc/>
    public T Current => _next > 0 ? messages[_next - 1] : throw new InvalidOperationException("Nothing was read yet.");

    /// <inheritdoc/>
    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_next++ < messages.Count);
    }
}
