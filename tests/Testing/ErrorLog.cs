using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Agents.Testing;

/// <summary>Keeps what is logged as an error: a test that did not expect one fails on it.</summary>
internal sealed class ErrorLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<string> _errors = new();

    /// <summary>The errors, in order.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // Formatted at every level: a message that cannot be formatted is an error too.
        var text = $"{formatter(state, exception)} {exception}";
        if (logLevel >= LogLevel.Error)
            _errors.Enqueue(text);
    }
}
