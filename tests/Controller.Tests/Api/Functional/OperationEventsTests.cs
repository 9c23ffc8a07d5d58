using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Controller.Tests.Api.Functional;

public sealed class OperationEventsTests : IAsyncLifetime
{
    private readonly RunningController _controller = new();

    /// <inheritdoc/>
    public Task InitializeAsync() => _controller.InitializeAsync();

    /// <inheritdoc/>
    public Task DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task Events_UntilTheEnd_SnapshotChangesAndEnd()
    {
        var operation = await AddAsync();
        using var response = await _controller.SendAsync("GET", PathOf(operation));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        var snapshot = await ReadAsync(reader);
        await ChangeAsync(operation with { State = OperationState.Running });
        var change = await ReadAsync(reader);
        await ChangeAsync(operation with { State = OperationState.Succeeded, EndedAt = A.Time });
        var last = await ReadAsync(reader);
        var end = await ReadAsync(reader);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["no"], response.Headers.GetValues("X-Accel-Buffering"));
        Assert.Equal(["snapshot", "change", "change", "end"], new[] { snapshot, change, last, end }.Select(message => message["event"]));
        Assert.Equal("pending", (string)JsonNode.Parse(snapshot["data"])!["state"]!);
        Assert.Equal("running", (string)JsonNode.Parse(change["data"])!["state"]!);
        Assert.True(long.Parse(change["id"], CultureInfo.InvariantCulture) > long.Parse(snapshot["id"], CultureInfo.InvariantCulture));
        Assert.Null(await reader.ReadLineAsync().DefaultTimeout());
    }

    [Fact]
    public async Task Events_AfterARestart_GoOnWithTheirIdsAndEndForWhoHasSeenTheEnd()
    {
        var operation = await AddAsync();
        await ChangeAsync(operation with { State = OperationState.Failed, EndedAt = A.Time, Error = new OperationError("PORT_BLOCKED", "open the port") });
        string id;
        using (var response = await _controller.SendAsync("GET", PathOf(operation)))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            id = (await ReadAsync(reader))["id"];
        }

        await _controller.RestartAsync();

        using var again = await _controller.SendAsync("GET", PathOf(operation), null, ("Last-Event-ID", "1"));
        using var seen = await _controller.SendAsync("GET", PathOf(operation), null, ("Last-Event-ID", id));
        using var rest = new StreamReader(await again.Content.ReadAsStreamAsync());
        Assert.Equal(id, (await ReadAsync(rest))["id"]);
        Assert.Equal(HttpStatusCode.NoContent, seen.StatusCode);
    }

    [Fact]
    public async Task Events_Shutdown_EndTheStream()
    {
        var operation = await AddAsync();
        using var response = await _controller.SendAsync("GET", PathOf(operation));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await ReadAsync(reader);

        await _controller.RestartAsync().DefaultTimeout();

        Assert.Equal("", await reader.ReadToEndAsync().DefaultTimeout());
    }

    [Fact]
    public async Task Events_Unknown_AreAProblem()
    {
        using var response = await _controller.SendAsync("GET", "/api/v1/operations/none/events");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Operation_ReadListedAndCancelled_IsTheSame()
    {
        var operation = await AddAsync();

        var (_, read) = await _controller.JsonAsync("GET", $"/api/v1/operations/{operation.Id}");
        var (_, listed) = await _controller.JsonAsync("GET", $"/api/v1/operations?resource_id={operation.Resource.Id:D}&page_size=5");
        var (_, cancelled) = await _controller.JsonAsync("POST", $"/api/v1/operations/{operation.Id}/cancel");
        await ChangeAsync(operation with { State = OperationState.Succeeded, EndedAt = A.Time, CancelRequested = false });
        var (late, problem) = await _controller.JsonAsync("POST", $"/api/v1/operations/{operation.Id}/cancel");

        Assert.Equal(read.ToJsonString(), listed["operations"]![0]!.ToJsonString());
        Assert.False((bool)cancelled["cancellable"]!);
        Assert.Equal((HttpStatusCode.Conflict, "NOT_CANCELLABLE"), (late, (string)problem["reason"]!));
    }

    [Fact]
    public async Task JoinTokens_MadeListedAndDeleted_ShowTheirTextOnce()
    {
        var (status, made) = await _controller.JsonAsync("POST", "/api/v1/join-tokens", """{"ttl_seconds":60,"max_uses":2,"labels":{"zone":"a"}}""", ("Idempotency-Key", "t"));
        var (_, again) = await _controller.JsonAsync("POST", "/api/v1/join-tokens", """{"ttl_seconds":60,"max_uses":2,"labels":{"zone":"a"}}""", ("Idempotency-Key", "t"));
        var (_, listed) = await _controller.JsonAsync("GET", "/api/v1/join-tokens");
        var id = (string)made["token"]!["id"]!;
        using var deleted = await _controller.SendAsync("DELETE", $"/api/v1/join-tokens/{id}");
        var (bad, problem) = await _controller.JsonAsync("POST", "/api/v1/join-tokens", """{"ttl_seconds":"60"}""");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith("agents1.", (string)made["text"]!, StringComparison.Ordinal);
        Assert.Null(again["text"]);
        Assert.Equal(id, (string)Assert.Single(listed["tokens"]!.AsArray())!["id"]!);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal((HttpStatusCode.BadRequest, "expected a number of seconds"), (bad, (string)problem["violations"]![0]!["message"]!));
    }

    private static string PathOf(Operation operation) => $"/api/v1/operations/{operation.Id}/events";

    private static async Task<Dictionary<string, string>> ReadAsync(StreamReader reader)
    {
        var message = new Dictionary<string, string>();
        while (await reader.ReadLineAsync().DefaultTimeout() is { Length: > 0 } line)
            message[line.Split(": ", 2)[0]] = line.Split(": ", 2)[1];
        return message;
    }

    private async Task<Operation> AddAsync()
    {
        var operation = A.Operation() with { Steps = Domain.Planning.OperationSteps.Of(OperationKinds.PostgresClusterCreate, Engine.Patroni) };
        await _controller.WriteAsync(writer => writer.AddOperation(operation));
        return operation;
    }

    private async Task ChangeAsync(Operation operation)
    {
        await _controller.WriteAsync(writer => writer.UpdateOperation(operation));
        _controller.Nudge.Nudge();
    }
}
