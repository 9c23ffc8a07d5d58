using Agents.Protocol.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Controller.Tests.Logs;

public sealed class PlainConsoleTests
{
    [Theory]
    [InlineData("GET /\nfail: Agents[1] forged", "GET / fail: Agents[1] forged")]
    [InlineData("a\r\u001b[2Kb", "a  [2Kb")]
    [InlineData("a\u009bmb\u2028c\u202ed", "a mb c d")]
    [InlineData("Größe 数 ok\t.", "Größe 数 ok .")]
    public void Write_WhatOthersWrote_IsOneLineThatLooksAsItIs(string written, string shown)
    {
        Assert.Equal($"2026-01-02T03:04:05.006Z warn: Agents.Some[7] {shown}\n", LineOf(written, exception: null));
    }

    [Fact]
    public void Write_Exception_StandsInTheSameLine()
    {
        var line = LineOf("It broke", new InvalidOperationException("first\nsecond"));

        Assert.Equal('\n', line[^1]);
        Assert.DoesNotContain('\n', line[..^1]);
        Assert.Contains("It broke System.InvalidOperationException: first second", line, StringComparison.Ordinal);
    }

    private static string LineOf(string message, Exception? exception)
    {
        using var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero)))
            .AddLogging(logging => logging.AddPlainConsole(LogLevel.Information))
            .BuildServiceProvider();
        var formatter = services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == "plain");
        using var writer = new StringWriter();
        formatter.Write(new LogEntry<string>(LogLevel.Warning, "Agents.Some", new EventId(7), message, exception, (text, _) => text), null, writer);
        return writer.ToString();
    }
}
