using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Agents.Functional.Tests.Link;

/// <summary>Keeps what was logged, so that tests see what an operator would.</summary>
internal sealed class RecordingLogger : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The messages so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" {exception}")}");

    /// <summary>Waits until a line contains all the words.</summary>
    public async Task WaitForAsync(params string[] words)
    {
        using var limit = new CancellationTokenSource(Testing.Waiting.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_lines.Any(line => words.All(word => line.Contains(word, StringComparison.Ordinal))))
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"nobody logged \"{string.Join("\" and \"", words)}\"; logged was:\n{string.Join('\n', _lines)}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
