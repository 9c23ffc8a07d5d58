using System.Diagnostics;
using Agents.Testing;

namespace Agents.Domain.Tests.Engines;

/// <summary>The question whether PostgreSQL is there, run with a PostgreSQL that answers as it is told.</summary>
public sealed class ReadyCheckTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("0", 0, 1)]
    [InlineData("2 2 0", 0, 3)]
    [InlineData("2 1 0", 0, 3)]
    [InlineData("2 2 3", 3, 3)]
    [InlineData("1 1 1 1 1 1 1 1 1 1 0", 1, 10)]
    [InlineData("2 2 2 2 2 2 2 2 2 2 0", 2, 10)]
    public async Task Asked_PostgresIsThereAMomentLater_IsToldSo(string answers, int expected, int asked)
    {
        // Its n-th answer is the n-th word.
        await WriteAsync("pg_isready", $"""
            echo "$*" >>{_directory.Path}/asked
            shift $#; set -- {answers}
            shift $(($(wc -l <{_directory.Path}/asked) - 1))
            exit $1
            """);
        var text = Revisions.Build(Blueprints.Input())[0].Files.Single(file => file.Path == "pg_isready").Content;
        Assert.Contains("/usr/lib/postgresql/17/bin/pg_isready", text, StringComparison.Ordinal);
        await WriteAsync("check", text.Replace("/usr/lib/postgresql/17/bin", _directory.Path, StringComparison.Ordinal));

        using var check = Process.Start(_directory.File("check"), ["-p", "20000", "-d", "postgres"]);
        await check.WaitForExitAsync().DefaultTimeout();

        Assert.Equal(expected, check.ExitCode);
        Assert.Equal(Enumerable.Repeat("-q -p 20000 -d postgres", asked), await File.ReadAllLinesAsync(_directory.File("asked")));
    }

    private async Task WriteAsync(string name, string text)
    {
        await File.WriteAllTextAsync(_directory.File(name), text.StartsWith("#!", StringComparison.Ordinal) ? text : $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(_directory.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
