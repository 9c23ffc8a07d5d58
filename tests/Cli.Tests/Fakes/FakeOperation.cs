using System.Runtime.CompilerServices;

namespace Agents.Cli.Tests.Fakes;

/// <summary>An operation that tests move on. A watcher sees what it is now, then every change, until its end.</summary>
internal sealed class FakeOperation
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sequence;
    private string _json = "";
    private bool _isDone;

    /// <summary>What it is now.</summary>
    public FakeOperation Now(string json, bool isDone = false)
    {
        lock (_lock)
        {
            _sequence++;
            (_json, _isDone) = (json, isDone);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return this;
    }

    /// <summary>Its states as events; the text is empty for a ping.</summary>
    public async IAsyncEnumerable<(int Sequence, string Json)> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var isDone = false; !isDone;)
        {
            Task changed;
            (int Sequence, string Json) now;
            lock (_lock)
            {
                changed = _changed.Task;
                now = (_sequence, _json);
                isDone = _isDone;
            }
            yield return now;
            if (!isDone)
                await changed.WaitAsync(cancellationToken);
        }
    }
}
