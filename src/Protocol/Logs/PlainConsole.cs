using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Agents.Protocol.Logs;

/// <summary>The log of our programs: an entry is one line on standard output, whatever was written into it.</summary>
public static class PlainConsole
{
    private const string FormatterName = "plain";

    /// <summary>Logs to standard output, from a level on; of the frameworks warnings alone.</summary>
    public static ILoggingBuilder AddPlainConsole(this ILoggingBuilder logging, LogLevel level)
    {
        logging.Services.AddSingleton<ConsoleFormatter, Formatter>();
        return logging.SetMinimumLevel(level)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Warning)
            .AddConsole(console => console.FormatterName = FormatterName);
    }

    /// <summary>Time, level, category, event and message, and the exception where there is one.</summary>
    internal sealed class Formatter(TimeProvider? timeProvider = null) : ConsoleFormatter(FormatterName)
    {
        /// <inheritdoc/>
        public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            var time = (timeProvider ?? TimeProvider.System).GetUtcNow();
            var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
            textWriter.Write(string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss.fffZ} {WordOf(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] "));
            textWriter.Write(PlainText.Of(logEntry.Exception is { } exception ? $"{message} {exception}" : message));
            textWriter.Write('\n');
        }

        private static string WordOf(LogLevel level) => level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            LogLevel.Critical => "crit",
            LogLevel.None => "none",
        };
    }
}
