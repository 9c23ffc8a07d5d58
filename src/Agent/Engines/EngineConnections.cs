using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Agents.Agent.Instances;

namespace Agents.Agent.Engines;

/// <summary>
/// The HTTP clients of this host's engine interfaces, one for each as long as its container's process lives. One that is refused is thrown away, so that certificates
/// that were replaced meanwhile are read again. Failures come out as <see cref="EngineUnreachableException"/> or <see cref="EngineConfigurationException"/>.
/// </summary>
internal sealed class EngineConnections(LocalInstances instances, FreshCertificates fresh, TimeProvider timeProvider) : IDisposable
{
    private static readonly MediaTypeHeaderValue _json = new("application/json");
    private readonly ConcurrentDictionary<string, (EngineEndpoint Endpoint, Lazy<Task<EngineConnection>> Connection)> _connections = new(StringComparer.Ordinal);

    /// <summary>
    /// Sends a request and reads the answer. Not repeated when it fails: whether it was carried out is not known then. Out of time is
    /// <see cref="EngineUnreachableException"/>, too.
    /// </summary>
    public async Task<EngineAnswer> SendAsync(
        LocalInstance instance, EngineInterface engine, HttpMethod method, string path, byte[]? json, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var connection = await ConnectionAsync(instance, EngineEndpoint.Of(instance, engine), cancellationToken);
        using var limit = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await SendAsync(connection.Client, method, path, json, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineUnreachableException(engine, "no answer in time", exception);
        }
        catch (HttpRequestException exception)
        {
            // With TLS 1.3 a refused client sees only a broken exchange: the server reads the certificate after the client's part of the handshake is over.
            if (exception.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded))
                Forget(instance.InstanceId, connection);
            throw new EngineUnreachableException(engine, Describe(exception), exception);
        }
    }

    /// <summary>Closes what is kept for an instance that this host no longer has.</summary>
    public void Forget(string instanceId)
    {
        if (_connections.TryRemove(instanceId, out var kept) && kept.Connection is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } made })
            made.Result.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var instanceId in _connections.Keys)
            Forget(instanceId);
    }

    private static async Task<EngineAnswer> SendAsync(HttpClient client, HttpMethod method, string path, byte[]? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (json is not null)
            request.Content = new ByteArrayContent(json) { Headers = { ContentType = _json } };
        using var response = await client.SendAsync(request, cancellationToken);
        return new EngineAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>All calls at once share one reading of the certificates: each costs the Docker Engine the start of a process. It is not bound to the call that begins it.</summary>
    private async Task<EngineConnection> ConnectionAsync(LocalInstance instance, EngineEndpoint endpoint, CancellationToken cancellationToken)
    {
        var kept = _connections.AddOrUpdate(instance.InstanceId, _ => (endpoint, Make()), (_, known) => known.Endpoint == endpoint ? known : (endpoint, Make()));
        try
        {
            return await kept.Connection.Value.WaitAsync(cancellationToken);
        }
        catch (Exception) when (kept.Connection.Value is { IsFaulted: true })
        {
            _connections.TryRemove(KeyValuePair.Create(instance.InstanceId, kept));
            throw;
        }

        Lazy<Task<EngineConnection>> Make() => new(async () => new EngineConnection(endpoint, await EngineCredentials.ReadAsync(instances, fresh, instance, CancellationToken.None)));
    }

    /// <summary>Not disposed: another call may be using it. Its sockets close when they are idle, and the rest is the collector's.</summary>
    private void Forget(string instanceId, EngineConnection connection)
    {
        if (_connections.TryGetValue(instanceId, out var kept) && kept.Connection.Value is { IsCompletedSuccessfully: true } made && made.Result == connection)
            _connections.TryRemove(KeyValuePair.Create(instanceId, kept));
    }

    private static string Describe(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => "the TLS handshake failed: one side does not accept the other's certificate",
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.ResponseEnded => "the connection ended before the answer",
        HttpRequestError.ConfigurationLimitExceeded => "the answer is too large",
        _ => "it broke the exchange off, as when it does not accept the certificate",
    };
}
