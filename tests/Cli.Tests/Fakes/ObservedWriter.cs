using System.Text;

namespace Agents.Cli.Tests.Fakes;

/// <summary>Keeps what is written, and tells when a text has come.</summary>
internal sealed class ObservedWriter : TextWriter
{
    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _waiters = [];

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        lock (_lock)
        {
            _text.Append(value);
            if (_waiters.Count == 0)
                return;
            var text = _text.ToString();
            foreach (var (_, seen) in _waiters.Where(waiter => text.Contains(waiter.Text, StringComparison.Ordinal)))
                seen.TrySetResult();
        }
    }

    /// <summary>Ends when a text was written.</summary>
    public Task WroteAsync(string text)
    {
        lock (_lock)
        {
            if (_text.ToString().Contains(text, StringComparison.Ordinal))
                return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((text, seen));
            return seen.Task.DefaultTimeout();
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_lock)
            return _text.ToString();
    }
}
