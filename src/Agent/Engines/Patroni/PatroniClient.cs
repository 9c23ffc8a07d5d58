using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Agent.Engines.Patroni.Wire;
using Agents.Agent.Instances;

namespace Agents.Agent.Engines.Patroni;

/// <summary>
/// Talks to Patroni's REST interface of one node. Patroni speaks HTTP/1.0, so every request is a connection of its own; the requests that are repeated all the time are
/// small, and read nothing from PostgreSQL but its own state.
/// </summary>
internal sealed class PatroniClient(EngineConnections connections)
{
    private const int WordsMax = 500;
    private static readonly TimeSpan _readTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The limit of what changes something, where the caller's own deadline is not nearer. Patroni waits for the end itself: 20 s at most for a switchover.</summary>
    private static readonly TimeSpan _changeTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The cluster as the node sees it.</summary>
    public async Task<ClusterView> GetClusterAsync(LocalInstance instance, CancellationToken cancellationToken)
    {
        // Both at once: they are answered by threads of their own.
        var cluster = SendAsync(instance, HttpMethod.Get, "cluster", null, _readTimeout, cancellationToken);
        var node = SendAsync(instance, HttpMethod.Get, "primary", null, _readTimeout, cancellationToken);
        await Task.WhenAll(cluster, node);
        return new ClusterView(Read(Accepted(await cluster), PatroniJson.Default.ClusterAnswer), IsLeader(await node));
    }

    /// <summary>The dynamic configuration, as JSON.</summary>
    public async Task<string> GetConfigurationAsync(LocalInstance instance, CancellationToken cancellationToken) =>
        Text(Accepted(await SendAsync(instance, HttpMethod.Get, "config", null, _readTimeout, cancellationToken)));

    /// <summary>Changes the dynamic configuration and returns it as it is then.</summary>
    public async Task<string> PatchConfigurationAsync(LocalInstance instance, string json, CancellationToken cancellationToken) =>
        Text(Accepted(await SendAsync(instance, HttpMethod.Patch, "config", Encoding.UTF8.GetBytes(json), _readTimeout, cancellationToken)));

    /// <summary>Has Patroni look at its cluster at once: it does after each change of its configuration, also after one that removes what was never there.</summary>
    public async Task WakeAsync(LocalInstance instance, CancellationToken cancellationToken) =>
        Accepted(await SendAsync(instance, HttpMethod.Patch, "config", """{"wake":null}"""u8.ToArray(), _readTimeout, cancellationToken));

    /// <summary>Hands the lead over; ends when another node leads. Returns Patroni's words: they name the new leader, which may be another than the candidate.</summary>
    public Task<string> SwitchoverAsync(LocalInstance instance, string leader, string candidate, CancellationToken cancellationToken)
    {
        var question = new SwitchoverQuestion { Leader = leader, Candidate = candidate.Length > 0 ? candidate : null };
        return ChangeAsync(instance, "switchover", JsonSerializer.SerializeToUtf8Bytes(question, PatroniJson.Default.SwitchoverQuestion), cancellationToken);
    }

    /// <summary>Restarts PostgreSQL.</summary>
    public Task<string> RestartAsync(LocalInstance instance, bool pendingOnly, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var question = new RestartQuestion { RestartPending = pendingOnly ? true : null, Timeout = timeout is { } limit ? (int)Math.Ceiling(limit.TotalSeconds) : null };
        return ChangeAsync(instance, "restart", JsonSerializer.SerializeToUtf8Bytes(question, PatroniJson.Default.RestartQuestion), cancellationToken);
    }

    /// <summary>Begins to copy a replica anew.</summary>
    public Task<string> ReinitializeAsync(LocalInstance instance, CancellationToken cancellationToken) =>
        ChangeAsync(instance, "reinitialize", "{}"u8.ToArray(), cancellationToken);

    /// <summary>Changes something. The request goes on when its caller no longer waits: Patroni does it all the same, and would log as a fault that nobody took its answer.</summary>
    private async Task<string> ChangeAsync(LocalInstance instance, string path, byte[] json, CancellationToken cancellationToken) =>
        Text(Accepted(await SendAsync(instance, HttpMethod.Post, path, json, _changeTimeout, CancellationToken.None).WaitAsync(cancellationToken)));

    private Task<EngineAnswer> SendAsync(LocalInstance instance, HttpMethod method, string path, byte[]? json, TimeSpan timeout, CancellationToken cancellationToken) =>
        connections.SendAsync(instance, EngineInterface.Patroni, method, path, json, timeout, cancellationToken);

    private static bool IsLeader(EngineAnswer answer) =>
        answer.Status == HttpStatusCode.OK && Read(answer, PatroniJson.Default.NodeAnswer) is { State: "running", Role: "primary" };

    private static EngineAnswer Accepted(EngineAnswer answer) => answer.Succeeded ? answer : throw new PatroniRefusedException(Words(answer));

    private static string Words(EngineAnswer answer)
    {
        var text = Text(answer).Trim();
        // Python's own error pages are HTML and say no more than the status.
        if (text.Length == 0 || text.StartsWith('<'))
            return $"HTTP status {(int)answer.Status} ({answer.Status})";
        return text.Length > WordsMax ? text[..WordsMax] : text;
    }

    private static string Text(EngineAnswer answer) => Encoding.UTF8.GetString(answer.Body);

    private static T Read<T>(EngineAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new EngineUnreachableException(EngineInterface.Patroni, "the answer is empty");
        }
        catch (JsonException exception)
        {
            throw new EngineUnreachableException(EngineInterface.Patroni, "the answer is not Patroni's", exception);
        }
    }
}
