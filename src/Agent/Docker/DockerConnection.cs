using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Agent.Configuration;
using Agents.Agent.Docker.Wire;

namespace Agents.Agent.Docker;

/// <summary>
/// HTTP to the engine over its Unix socket. Settles the API version with the first call, and again when the engine does not know the settled one any more or could
/// not be reached: it may come back as another version. Calls and streams have handlers of their own, so that streams that stay open never keep a call waiting.
/// Every failure is a <see cref="DockerException"/>. Safe for concurrent use.
/// </summary>
internal sealed class DockerConnection : IDisposable
{
    /// <summary>How long an ordinary call may take.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private const int ConnectionsMax = 32;

    private readonly string _socket;
    private readonly HttpClient _calls;
    private readonly HttpClient _streams;
    private readonly SemaphoreSlim _negotiating = new(1, 1);
    private volatile string _settled = "";

    /// <summary>Makes a connection; nothing is dialled before the first call.</summary>
    public DockerConnection(AgentSettings settings)
    {
        _socket = settings.DockerSocket;
        _calls = CreateClient(ConnectionsMax);
        _streams = CreateClient(int.MaxValue);
    }

    /// <summary>The API version settled on; empty before the first answer.</summary>
    public string SettledVersion => _settled;

    /// <summary>A call whose answer is read completely by <paramref name="read"/> within the timeout.</summary>
    public async Task<T> CallAsync<T>(
        DockerRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(request.Timeout);
        try
        {
            using var response = await SendAsync(_calls, request, limited.Token);
            return await read(response, limited.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw DockerException.Unreachable(_socket, new TimeoutException($"no answer within {request.Timeout.TotalSeconds} s", exception));
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw Broken(exception);
        }
    }

    /// <summary>A call whose answer is JSON.</summary>
    public Task<T> CallAsync<T>(DockerRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        CallAsync(request, (response, token) => ReadAsync(response, type, token), cancellationToken);

    /// <summary>A call whose answer is JSON, or null where the object does not exist.</summary>
    public async Task<T?> FindAsync<T>(DockerRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await CallAsync(request, type, cancellationToken);
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>A call whose answer says nothing but its status.</summary>
    public Task<HttpStatusCode> CallAsync(DockerRequest request, CancellationToken cancellationToken) =>
        CallAsync(request, static (response, _) => Task.FromResult(response.StatusCode), cancellationToken);

    /// <summary>Opens an answer that is read as it comes; the caller disposes it and limits its time.</summary>
    public async Task<DockerStream> OpenAsync(DockerRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(_streams, request, cancellationToken);
            return new DockerStream(response, await response.Content.ReadAsStreamAsync(cancellationToken), _socket);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw Broken(exception);
        }
    }

    /// <summary>Whether an exception means that the connection broke rather than that the engine refused.</summary>
    public static bool IsBroken(Exception exception) => exception is HttpRequestException or IOException or SocketException;

    /// <inheritdoc/>
    public void Dispose()
    {
        _calls.Dispose();
        _streams.Dispose();
        _negotiating.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, DockerRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var version = await SettleAsync(cancellationToken);
            var response = await client.SendAsync(request.ToMessage(version), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
                return response;

            var message = await ReadErrorAsync(response, cancellationToken);
            response.Dispose();
            if (attempt > 1 || !IsVersionRefused(response.StatusCode, message) || !request.CanRepeat)
                throw DockerException.Of(response.StatusCode, message);
            _settled = ""; // Another engine has taken the socket over since the version was settled.
        }
    }

    private async Task<string> SettleAsync(CancellationToken cancellationToken)
    {
        if (_settled is { Length: > 0 } settled)
            return settled;
        await _negotiating.WaitAsync(cancellationToken);
        try
        {
            return _settled.Length > 0 ? _settled : _settled = await NegotiateAsync(cancellationToken);
        }
        finally
        {
            _negotiating.Release();
        }
    }

    private async Task<string> NegotiateAsync(CancellationToken cancellationToken)
    {
        using var response = await _calls.GetAsync("/version", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw DockerException.Of(response.StatusCode, await ReadErrorAsync(response, cancellationToken));
        var engine = await ReadAsync(response, DockerJson.Default.EngineVersion, cancellationToken);
        if (ApiVersion.TryParse(engine.ApiVersion, out var newest)
            && (ApiVersion.TryParse(engine.MinAPIVersion, out var oldest) || engine.MinAPIVersion.Length == 0)
            && ApiVersion.Settle(oldest, newest) is { } version)
            return version.ToString();
        throw new DockerException(
            DockerFailure.Refused,
            $"The Docker Engine {engine.Version} speaks API {engine.MinAPIVersion} to {engine.ApiVersion}; this agent speaks {ApiVersion.Oldest} to {ApiVersion.Newest}.");
    }

    private DockerException Broken(Exception exception)
    {
        _settled = "";
        return DockerException.Unreachable(_socket, exception);
    }

    private static bool IsVersionRefused(HttpStatusCode status, string message) =>
        status == HttpStatusCode.BadRequest && message.Contains("client version", StringComparison.OrdinalIgnoreCase);

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(text, DockerJson.Default.ErrorBody) is { Message.Length: > 0 } body ? body.Message : text;
        }
        catch (JsonException)
        {
            return text.Length > 0 ? text : $"status {(int)response.StatusCode}";
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken)
                ?? throw new DockerException(DockerFailure.Refused, "The Docker Engine answered null.");
        }
        catch (JsonException exception)
        {
            throw new DockerException(DockerFailure.Refused, $"The Docker Engine's answer is not understood: {exception.Message}", exception);
        }
    }

    private HttpClient CreateClient(int connectionsMax) => new(new SocketsHttpHandler
    {
        ConnectCallback = ConnectAsync,
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = connectionsMax,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        ActivityHeadersPropagator = null,
    })
    {
        BaseAddress = new Uri("http://docker"),
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
