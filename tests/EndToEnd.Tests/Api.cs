using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.EndToEnd.Tests;

/// <summary>The controller's REST API as a user's program calls it.</summary>
internal sealed class Api(string server, string tokenFile) : IDisposable
{
    private static readonly string[] _ended = ["succeeded", "failed", "cancelled", "succeeded_pending_hosts"];
    private readonly HttpClient _client = new() { BaseAddress = new Uri(server), Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Calls and returns status and body.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> CallAsync(HttpMethod method, string path, JsonNode? body = null, string? requestId = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(tokenFile)).Trim());
        if (requestId is not null)
            request.Headers.Add("Idempotency-Key", requestId);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }

    /// <summary>Reads; throws unless it succeeds.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await CallAsync(HttpMethod.Get, path);
        return status == HttpStatusCode.OK ? body : throw new InvalidOperationException($"GET {path}: {(int)status} {body}");
    }

    /// <summary>Asks for a cluster; returns the operation's id.</summary>
    public async Task<string> CreateAsync(string name, JsonObject? spec = null)
    {
        spec ??= [];
        spec["deletion_protection"] = false;
        spec["resources"] ??= SmallDisk(); // The lab's hosts have their data in memory.
        var (status, body) = await CallAsync(HttpMethod.Post, "/api/v1/postgres/clusters", new JsonObject { ["name"] = name, ["spec"] = spec });
        Assert.True(status == HttpStatusCode.Accepted, $"create: {(int)status} {body}");
        return (string)body["operation"]!["id"]!;
    }

    /// <summary>The least disk that a node may ask for.</summary>
    public static JsonObject SmallDisk() => new() { ["disk_bytes"] = 1L << 30 };

    /// <summary>Asks for a delete with its data; returns the operation's id.</summary>
    public async Task<string> DeleteAsync(string name, bool purge = true)
    {
        var (status, body) = await CallAsync(HttpMethod.Delete, $"/api/v1/postgres/clusters/{name}?purge={(purge ? "true" : "false")}");
        Assert.True(status == HttpStatusCode.Accepted, $"delete: {(int)status} {body}");
        return (string)body["operation"]!["id"]!;
    }

    /// <summary>Waits until an operation has ended or a condition on it holds; the controller may be away for some of the time.</summary>
    public async Task<JsonNode> WaitAsync(string operation, TimeSpan limit, Func<JsonNode, bool>? condition = null)
    {
        condition ??= found => _ended.Contains((string)found["state"]!);
        JsonNode? last = null;
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    last = await GetAsync($"/api/v1/operations/{operation}");
                    return condition(last);
                }
                catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            limit,
            () => $"operation {operation}: {last?.ToJsonString(new JsonSerializerOptions { WriteIndented = true })}");
        return last!;
    }

    /// <summary>Waits until an operation has succeeded.</summary>
    public async Task SucceedAsync(string operation)
    {
        var ended = await WaitAsync(operation, TimeSpan.FromMinutes(5)); // The first create has the images to bring to the hosts.
        Assert.True((string)ended["state"]! == "succeeded", ended.ToJsonString());
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
