using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Agents.Cli.Api;

/// <summary>
/// Calls the REST interface. A refusal becomes an <see cref="ApiProblemException"/>, silence an <see cref="ApiUnreachableException"/>. Every change carries a request id, so that
/// it can be repeated; nothing is repeated by itself.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    private const int AnswerBytesMax = 64 * 1024 * 1024;
    private readonly HttpClient _http;
    private readonly string _server;
    private readonly TimeSpan _answerTime;

    /// <summary>Makes a client for a server.</summary>
    public ApiClient(Uri server, string token, TimeSpan answerTime)
    {
        _server = server.GetLeftPart(UriPartial.Authority);
        _answerTime = answerTime;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // A redirect is nothing that this server does; following one could take the token elsewhere.
            ConnectTimeout = TimeSpan.FromSeconds(5),
            UseCookies = false,
            UseProxy = !server.IsLoopback,
        };
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = AnswerBytesMax };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"agentctl/{CliVersion.Text}");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Reads.</summary>
    public Task<ApiReply<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), type, requestId: null, cancellationToken);

    /// <summary>Changes something. The body may be null.</summary>
    public Task<ApiReply<T>> ChangeAsync<T>(HttpMethod method, string path, byte[]? body, string requestId, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(ChangeOf(method, path, body, requestId), type, requestId, cancellationToken);

    /// <summary>Changes something, where the answer has no body.</summary>
    public async Task ChangeAsync(HttpMethod method, string path, string requestId, CancellationToken cancellationToken) =>
        await ExchangeAsync(ChangeOf(method, path, body: null, requestId), requestId, cancellationToken);

    /// <summary>Opens a stream of events, which the caller ends.</summary>
    public async Task<HttpResponseMessage> OpenEventsAsync(string path, string lastEventId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId.Length > 0)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);

        var response = await ReachAsync(token => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), requestId: null, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            var body = await ReachAsync(response.Content.ReadAsByteArrayAsync, requestId: null, cancellationToken);
            throw new ApiProblemException(response.StatusCode, ProblemReader.Read(response.StatusCode, body));
        }
    }

    /// <summary>The bytes of a body.</summary>
    public static byte[] BodyOf<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    private static HttpRequestMessage ChangeOf(HttpMethod method, string path, byte[]? body, string requestId)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Idempotency-Key", requestId);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    private async Task<ApiReply<T>> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, string? requestId, CancellationToken cancellationToken)
    {
        var json = await ExchangeAsync(request, requestId, cancellationToken);
        try
        {
            var value = JsonSerializer.Deserialize(json, type);
            return value is null ? throw NotOurs() : new ApiReply<T>(json, value);
        }
        catch (JsonException)
        {
            throw NotOurs();
        }
    }

    private async Task<byte[]> ExchangeAsync(HttpRequestMessage message, string? requestId, CancellationToken cancellationToken)
    {
        using var request = message;
        using var response = await ReachAsync(token => _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, token), requestId, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode ? body : throw new ApiProblemException(response.StatusCode, ProblemReader.Read(response.StatusCode, body));
    }

    private async Task<T> ReachAsync<T>(Func<CancellationToken, Task<T>> send, string? requestId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_answerTime);
        try
        {
            return await send(limit.Token);
        }
        catch (HttpRequestException exception)
        {
            // Before there was a connection nothing can have happened.
            var wasSent = exception.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
            throw new ApiUnreachableException(
                $"the server {_server} cannot be reached ({Cause(exception)}): see that the controller runs there, or name another with --server", exception)
            {
                RequestId = wasSent ? requestId : null,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = Text.Invariant($"{_answerTime.TotalSeconds:0}");
            throw new ApiUnreachableException($"the server {_server} did not answer within {seconds} s: look at the controller's log") { RequestId = requestId };
        }
    }

    private static string Cause(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return Text.Plain(exception.Message).TrimEnd('.');
    }

    private ApiProblemException NotOurs() => new(
        HttpStatusCode.BadGateway,
        new Model.Problem { Title = "Not the answer of a controller", Detail = $"what answers at {_server} is no controller, or one of another version: check --server" });
}
