using System.Diagnostics;
using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>psql as agentctl opens it: a script in its place writes down what it was given.</summary>
public sealed class ClusterPsqlTests : ClusterCommandTests, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Psql_ArgumentsAfterTheDashes_ArePassedOnAndTheSecretIsOnNoCommandLine()
    {
        Install("exit 0");

        var result = await Terminal.RunAsync(["postgres", "cluster", "psql", "demo", "--", "-c", "select 1", "--csv"]);

        var variables = await VariablesAsync();
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("-c\nselect 1\n--csv\n", await ReadAsync("arguments"));
        Assert.Equal(("10.89.0.11,10.89.0.12", "20010,20010", "app", "app"), (variables["PGHOST"], variables["PGPORT"], variables["PGDATABASE"], variables["PGUSER"]));
        Assert.Equal("p'a;s s/w=%\"ö", variables["PGPASSWORD"]);
        Assert.Equal(("read-write", "verify-full", "require", "5"), (variables["PGTARGETSESSIONATTRS"], variables["PGSSLMODE"], variables["PGCHANNELBINDING"], variables["PGCONNECT_TIMEOUT"]));
    }

    [Fact]
    public async Task Psql_Authority_IsThereForThisUserAloneAndGoneAfterwards()
    {
        Install("stat -c %a \"$(dirname \"$PGSSLROOTCERT\")\" >\"$here/mode\"; cat \"$PGSSLROOTCERT\" >\"$here/ca\"");

        await Terminal.RunAsync("postgres cluster psql demo");

        Assert.Equal("700\n", await ReadAsync("mode"));
        Assert.StartsWith("-----BEGIN CERTIFICATE-----\n", await ReadAsync("ca"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName((await VariablesAsync())["PGSSLROOTCERT"])));
    }

    [Fact]
    public async Task Psql_ReadOnlyAsAnotherRole_AsksForItAndTakesThoseEndpoints()
    {
        Install("exit 0");

        await Terminal.RunAsync("postgres cluster psql demo --read-only --role app");

        var variables = await VariablesAsync();
        Assert.Equal(("20011,20011", "any"), (variables["PGPORT"], variables["PGTARGETSESSIONATTRS"]));
        Assert.Contains(Controller.Requests, request => request.Path == $"{Clusters}/demo/credentials?role=app");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Psql_Ended_EndsWithItsCode(int code)
    {
        Install($"exit {code}");

        Assert.Equal(code, (await Terminal.RunAsync("postgres cluster psql demo")).ExitCode);
    }

    [Fact]
    public async Task Psql_Interrupted_EndsItAndLeavesNothing()
    {
        Install("echo >\"$here/started\"; exec sleep 600");
        using var pipe = Process.Start("mkfifo", _directory.File("started"));
        await pipe.WaitForExitAsync().DefaultTimeout();
        using var source = new CancellationTokenSource();

        var running = Terminal.RunAsync("postgres cluster psql demo", source.Token);
        await Task.Run(() => File.ReadAllText(_directory.File("started"))).DefaultTimeout();
        await source.CancelAsync();

        Assert.Equal(6, (await running).ExitCode);
        Assert.False(Directory.Exists(Path.GetDirectoryName((await VariablesAsync())["PGSSLROOTCERT"])));
    }

    [Fact]
    public async Task Psql_NotInstalled_SaysSoAndAsksForNoPassword()
    {
        Terminal.Variables["PATH"] = _directory.Path;

        var result = await Terminal.RunAsync("postgres cluster psql demo");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: psql is not installed on this machine: install PostgreSQL's client", result.Error, StringComparison.Ordinal);
        Assert.Empty(Controller.Requests);
    }

    private void Install(string body)
    {
        var script = _directory.File("psql");
        File.WriteAllText(script, $"#!/bin/sh\nhere={_directory.Path}\nenv >$here/environment\n: >$here/arguments\nfor a; do printf '%s\\n' \"$a\" >>$here/arguments; done\n{body}\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Terminal.Variables["PATH"] = $"/nowhere:{_directory.Path}";
    }

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(_directory.File(name));

    private async Task<Dictionary<string, string>> VariablesAsync() =>
        (await File.ReadAllLinesAsync(_directory.File("environment"))).Where(line => line.StartsWith("PG", StringComparison.Ordinal)).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
