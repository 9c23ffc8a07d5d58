using System.Net;
using Agents.Agent.Docker;
using Agents.Testing;
using Microsoft.AspNetCore.Http;

namespace Agents.Agent.Tests.Docker;

/// <summary>Versions and failures of the connection.</summary>
public sealed class DockerConnectionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Socket => _directory.File("docker.sock");

    [Fact]
    public async Task Call_EngineReplacedByNewer_SettlesAnew()
    {
        await using var engine = await ScriptedEngine.StartAsync(Socket);
        var client = EngineUnderTest.At(Socket).System;
        await client.GetInfoAsync(default).DefaultTimeout();
        Assert.Equal("1.41", client.SettledVersion);

        engine.Versions = ("1.44", "1.52");
        await client.GetInfoAsync(default).DefaultTimeout();

        Assert.Equal("1.44", client.SettledVersion);
        Assert.Equal(["/version", "/v1.41/info", "/v1.41/info", "/version", "/v1.44/info"], engine.Paths);
    }

    /// <summary>An archive is used up by the call that is refused, so the next one has to know the new version.</summary>
    [Fact]
    public async Task Load_EngineReplacedByNewer_NextLoadIsTaken()
    {
        await using var engine = await ScriptedEngine.StartAsync(Socket);
        var images = EngineUnderTest.At(Socket).Images;
        await images.LoadAsync(new MemoryStream([1]), default).DefaultTimeout();

        engine.Versions = ("1.44", "1.52");
        await Assert.ThrowsAsync<DockerException>(() => images.LoadAsync(new MemoryStream([1]), default)).DefaultTimeout();
        await images.LoadAsync(new MemoryStream([1]), default).DefaultTimeout();

        Assert.Equal("/v1.44/images/load", engine.Paths[^1]);
    }

    [Theory]
    [InlineData("1.12", "1.40")]
    [InlineData("1.99", "1.100")]
    [InlineData("x", "y")]
    public async Task Call_NoCommonVersion_SaysBothRanges(string oldest, string newest)
    {
        await using var engine = await ScriptedEngine.StartAsync(Socket);
        engine.Versions = (oldest, newest);

        var exception = await Assert.ThrowsAsync<DockerException>(() => EngineUnderTest.At(Socket).System.GetInfoAsync(default)).DefaultTimeout();

        Assert.Contains($"{oldest} to {newest}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, """{ "message": "gone" }""", "NotFound", "gone")]
    [InlineData(HttpStatusCode.Conflict, "plain", "Conflict", "plain")]
    [InlineData(HttpStatusCode.InternalServerError, "", "Refused", "500")]
    [InlineData(HttpStatusCode.BadRequest, "{}", "BadRequest", "{}")]
    [InlineData(HttpStatusCode.OK, "no json", "Refused", "not understood")]
    [InlineData(HttpStatusCode.OK, "null", "Refused", "null")]
    public async Task Call_Failure_IsTold(HttpStatusCode status, string body, string failure, string message)
    {
        await using var engine = await ScriptedEngine.StartAsync(Socket);
        engine.Answer = (status, body);

        var exception = await Assert.ThrowsAsync<DockerException>(() => EngineUnderTest.At(Socket).System.GetInfoAsync(default)).DefaultTimeout();

        Assert.Equal(failure, exception.Failure.ToString());
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_MoreThanIsRead_IsRefused()
    {
        await using var engine = await ScriptedEngine.StartAsync(Socket);
        engine.Respond = context =>
        {
            context.Response.Headers["X-Docker-Container-Path-Stat"] = Convert.ToBase64String("{}"u8);
            return context.Response.WriteAsync(new string('x', IDockerArchives.BytesMax + 1));
        };

        var exception = await Assert.ThrowsAsync<DockerException>(() => EngineUnderTest.At(Socket).Archives.GetAsync("any", "/etc/agents/large", default)).DefaultTimeout();

        Assert.Equal(DockerFailure.Refused, exception.Failure);
    }

    /// <summary>What the library trips over is a failure of the engine too, not of the agent.</summary>
    [Fact]
    public async Task Archive_NoStatOfThePath_IsRefused()
    {
        await using var engine = await ScriptedEngine.StartAsync(Socket);
        engine.Answer = (HttpStatusCode.OK, "");

        var exception = await Assert.ThrowsAsync<DockerException>(() => EngineUnderTest.At(Socket).Archives.GetAsync("any", "/etc/agents/x", default)).DefaultTimeout();

        Assert.Contains("not understood", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NobodyListens_IsUnreachable()
    {
        var engine = EngineUnderTest.At(Socket);

        Assert.Equal(DockerFailure.Unreachable, (await Assert.ThrowsAsync<DockerException>(() => engine.System.GetInfoAsync(default)).DefaultTimeout()).Failure);
        Assert.Equal(DockerFailure.Unreachable, (await Assert.ThrowsAsync<DockerException>(
            () => engine.Events.SubscribeAsync("x", DateTimeOffset.UtcNow, default)).DefaultTimeout()).Failure);
    }

    /// <summary>An engine that takes calls and answers none, as one does that was stopped by a signal or whose disk hangs.</summary>
    [Theory]
    [InlineData("ping", 5)]
    [InlineData("info", 30)]
    [InlineData("subscribe", 5)]
    [InlineData("stats", 30)]
    [InlineData("logs", 30)]
    [InlineData("stop", 900)]
    [InlineData("load", 900)]
    public async Task Call_EngineHangs_EndsAtItsLimit(string call, int limitSeconds)
    {
        var clock = A.Clock();
        await using var engine = await ScriptedEngine.StartAsync(Socket);
        var client = EngineUnderTest.At(Socket, clock);
        await client.System.PingAsync(default).DefaultTimeout();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Respond = context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var calling = CallAsync(client, call);
        await asked.Task.DefaultTimeout();
        clock.Advance(TimeSpan.FromSeconds(limitSeconds - 1));
        Assert.False(calling.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        var exception = await Assert.ThrowsAsync<DockerException>(() => calling).DefaultTimeout();
        Assert.Equal(DockerFailure.Unreachable, exception.Failure);
        Assert.Contains($"no answer within {limitSeconds} s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_AtOnce_DoesNotFallBackToTheContainersOwnTimeout()
    {
        await using var engine = await ScriptedEngine.StartAsync(Socket);

        await EngineUnderTest.At(Socket).Containers.StopAsync("x", TimeSpan.Zero, default).DefaultTimeout();

        Assert.Equal("?t=1", engine.LastQuery);
    }

    [Fact]
    public async Task Subscribe_ReaderTooSlow_IsCutOff()
    {
        var client = EngineUnderTest.At(Socket);
        await using var engine = await ScriptedEngine.StartAsync(Socket);
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Respond = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/_ping", StringComparison.Ordinal))
                return;
            context.RequestAborted.Register(() => hungUp.TrySetResult());
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync("""{ "Action": "start", "Actor": { "ID": "x" } }""");
        };

        var events = await client.Events.SubscribeAsync("x", DateTimeOffset.UtcNow, default).DefaultTimeout();
        await using var reader = events.GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync().AsTask().DefaultTimeout());
        await hungUp.Task.DefaultTimeout();

        var exception = await Assert.ThrowsAsync<DockerException>(async () =>
        {
            while (await reader.MoveNextAsync())
                Assert.Equal("start", reader.Current.Action);
        }).DefaultTimeout();
        Assert.Contains("not read", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The engine ends the connection in the middle of a frame, as it does when a container's log is cut.</summary>
    [Fact]
    public async Task ReadLogs_CutFrame_GivesWhatCame()
    {
        await using var engine = await ScriptedEngine.StartAsync(Socket);
        engine.Respond = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/json", StringComparison.Ordinal))
                await context.Response.WriteAsync("""{ "Id": "x", "State": {}, "Config": { "Tty": false } }""");
            else
                await context.Response.Body.WriteAsync(new byte[] { 2, 0, 0, 0, 0, 0, 0, 9, (byte)'c', (byte)'u', (byte)'t' });
        };

        var chunks = new List<LogChunk>();
        await foreach (var chunk in EngineUnderTest.At(Socket).Containers.ReadLogsAsync("x", new LogQuery(false, 0, null), default))
            chunks.Add(chunk);

        Assert.True(Assert.Single(chunks).IsError);
        Assert.Equal("cut"u8.ToArray(), chunks[0].Data.ToArray());
    }

    private static Task CallAsync(EngineUnderTest engine, string call) => call switch
    {
        "ping" => engine.System.PingAsync(default),
        "info" => engine.System.GetInfoAsync(default),
        "subscribe" => engine.Events.SubscribeAsync("x", DateTimeOffset.UtcNow, default),
        "stats" => ReadAsync(engine.Containers.ReadStatsAsync("x", false, default)),
        "logs" => ReadAsync(engine.Containers.ReadLogsAsync("x", new LogQuery(true, 0, null), default)),
        "stop" => engine.Containers.StopAsync("x", null, default),
        "load" => engine.Images.LoadAsync(new MemoryStream([1]), default),
        _ => throw new ArgumentOutOfRangeException(nameof(call)),
    };

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> stream)
    {
        await foreach (var _ in stream)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
