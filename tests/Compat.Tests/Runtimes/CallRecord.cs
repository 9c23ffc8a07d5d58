using System.Collections.Concurrent;
using Grpc.Core;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>What the server saw: tests wait for it instead of sleeping.</summary>
internal sealed class CallRecord
{
    private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a call hangs as it was told to.</summary>
    public Task Hanging => _hanging.Task;

    /// <summary>Completes when a hanging call was cancelled.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <summary>The headers of each call in the order of arrival.</summary>
    public ConcurrentQueue<Metadata> Headers { get; } = new();

    /// <summary>The deadline of each call in the order of arrival.</summary>
    public ConcurrentQueue<DateTime> Deadlines { get; } = new();

    /// <summary>Notes that a call hangs.</summary>
    public void NoteHanging() => _hanging.TrySetResult();

    /// <summary>Notes that a hanging call was cancelled.</summary>
    public void NoteCancelled() => _cancelled.TrySetResult();
}
