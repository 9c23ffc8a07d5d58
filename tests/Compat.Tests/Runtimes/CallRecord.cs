using System.Collections.Concurrent;
using Grpc.Core;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>What the server saw: tests wait for it instead of sleeping.</summary>
internal sealed class CallRecord
{
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a call was cancelled while the server's method ran.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <summary>The headers of each call in the order of arrival.</summary>
    public ConcurrentQueue<Metadata> Headers { get; } = new();

    /// <summary>The names of the interceptors that saw a call, in order.</summary>
    public ConcurrentQueue<string> Interceptors { get; } = new();

    /// <summary>Notes the cancellation of a call.</summary>
    public void NoteCancelled() => _cancelled.TrySetResult();
}
