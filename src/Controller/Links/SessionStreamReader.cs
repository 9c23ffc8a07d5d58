using Grpc.Core;

namespace Agents.Controller.Links;

/// <summary>A stream of an agent whose reads go through a translation of errors.</summary>
internal sealed class SessionStreamReader<T>(IAsyncStreamReader<T> inner, Func<Func<Task<bool>>, Task<bool>> translate) : IAsyncStreamReader<T>
{
    /// <inheritdoc/>
    public T Current => inner.Current;

    /// <inheritdoc/>
    public Task<bool> MoveNext(CancellationToken cancellationToken) => translate(() => inner.MoveNext(cancellationToken));
}
