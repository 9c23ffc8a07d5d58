using System.Net;
using Agents.Agent.Docker;
using Agents.Testing;

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
        engine.Answer = (HttpStatusCode.OK, new string('x', IDockerArchives.BytesMax + 1));

        var exception = await Assert.ThrowsAsync<DockerException>(() => EngineUnderTest.At(Socket).Archives.GetAsync("any", "/etc/agents/large", default)).DefaultTimeout();

        Assert.Equal(DockerFailure.Refused, exception.Failure);
    }

    [Fact]
    public async Task Call_NobodyListens_IsUnreachable()
    {
        var engine = EngineUnderTest.At(Socket);

        Assert.Equal(DockerFailure.Unreachable, (await Assert.ThrowsAsync<DockerException>(() => engine.System.GetInfoAsync(default)).DefaultTimeout()).Failure);
        Assert.Equal(DockerFailure.Unreachable, (await Assert.ThrowsAsync<DockerException>(
            () => engine.Events.SubscribeAsync("x", DateTimeOffset.UtcNow, default)).DefaultTimeout()).Failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
