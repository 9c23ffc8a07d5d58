using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Agents.Agent.Configuration;
using Docker.DotNet;

namespace Agents.Agent.Docker;

/// <summary>
/// The engine behind its Unix socket, by way of Docker.DotNet. Adds what that does not do: it settles the API version with the first call, and again when the engine
/// does not know the settled one any more or could not be reached, since it may come back as another version; it limits the time of every call; it makes every
/// failure a <see cref="DockerException"/>. Calls that wait for something have connections of their own, so that they never keep a short one waiting. Safe for
/// concurrent use.
/// </summary>
internal sealed class DockerConnection(AgentSettings settings, TimeProvider timeProvider) : IDisposable
{
    // A reader that falls further behind than this is cut off: it reads everything anew when it comes back.
    private const int UnreadMessagesMax = 1024;

    private readonly SemaphoreSlim _settling = new(1, 1);
    private readonly DockerClient _unversioned = EngineClients.Dial(settings.DockerSocket, null, 1);
    private volatile EngineClients? _clients;
    private volatile bool _isSettled;

    /// <summary>The API version settled on; empty before the first answer.</summary>
    public string SettledVersion => _clients?.Version.ToString() ?? "";

    /// <summary>A call that the engine answers at once.</summary>
    public Task<T> CallAsync<T>(Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(CallLimits.Ordinary, call, cancellationToken);

    /// <summary>A call that the engine answers at once, without a result.</summary>
    public Task CallAsync(Func<DockerClient, CancellationToken, Task> call, CancellationToken cancellationToken) =>
        CallAsync(CallLimits.Ordinary, call, cancellationToken);

    /// <summary>A call with limits of its own, without a result.</summary>
    public Task CallAsync(CallLimits limits, Func<DockerClient, CancellationToken, Task> call, CancellationToken cancellationToken) =>
        CallAsync(limits, WithResult(call), cancellationToken);

    /// <summary>A call with limits of its own.</summary>
    public async Task<T> CallAsync<T>(CallLimits limits, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var timed = new CancellationTokenSource(limits.Timeout, timeProvider);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timed.Token);
        try
        {
            return await CallSettledAsync(limits, call, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Translate(new TimeoutException($"no answer within {limits.Timeout.TotalSeconds} s"));
        }
        catch (Exception exception) when (IsOfEngine(exception))
        {
            throw Translate(exception);
        }
    }

    /// <summary>One object, or null where it does not exist.</summary>
    public async Task<T?> FindAsync<T>(Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await CallAsync(call, cancellationToken);
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>Removes an object; false where it does not exist.</summary>
    public async Task<bool> RemoveAsync(Func<DockerClient, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(call, cancellationToken);
            return true;
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.NotFound)
        {
            return false;
        }
    }

    /// <summary>Messages as they come, until the engine ends them. They are asked for when the first one is read.</summary>
    public async IAsyncEnumerable<T> FollowAsync<T>(
        CallLimits limits, Func<DockerClient, IProgress<T>, CancellationToken, Task> call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messages = Channel.CreateBounded<T>(new BoundedChannelOptions(UnreadMessagesMax) { SingleReader = true, SingleWriter = true });
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pumping = PumpAsync(limits, call, messages.Writer, left.Token);
        try
        {
            await foreach (var message in messages.Reader.ReadAllAsync(cancellationToken))
                yield return message;
        }
        finally
        {
            await left.CancelAsync();
            await pumping;
        }
    }

    /// <summary>What went wrong, in the agent's terms.</summary>
    public DockerException Translate(Exception exception)
    {
        if (exception is DockerException known)
            return known;
        if (exception is DockerApiException refusal)
            return DockerException.Of(refusal.StatusCode, refusal.ResponseBody ?? "");
        if (IsNotUnderstood(exception))
            return new DockerException(DockerFailure.Refused, $"The Docker Engine's answer is not understood: {exception.Message}", exception);
        _isSettled = false;
        return DockerException.Unreachable(settings.DockerSocket, exception);
    }

    /// <summary>Whether an exception comes from the engine or the way to it rather than from a fault of the caller.</summary>
    public static bool IsOfEngine(Exception exception) =>
        exception is DockerException or DockerApiException or HttpRequestException or IOException or SocketException || IsNotUnderstood(exception);

    /// <inheritdoc/>
    public void Dispose()
    {
        _clients?.Dispose();
        _unversioned.Dispose();
        _settling.Dispose();
    }

    private async Task<T> CallSettledAsync<T>(CallLimits limits, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var clients = await SettleAsync(cancellationToken);
            try
            {
                return await InvokeAsync(limits.MayWait ? clients.Waiting : clients.Short, call, cancellationToken);
            }
            catch (DockerApiException exception) when (IsVersionRefused(exception))
            {
                _isSettled = false; // Another engine has taken the socket over since the version was settled.
                if (attempt > 1 || !limits.CanRepeat)
                    throw;
            }
        }
    }

    private async Task PumpAsync<T>(
        CallLimits limits, Func<DockerClient, IProgress<T>, CancellationToken, Task> call, ChannelWriter<T> messages, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(limits, (client, token) => call(client, new Messages<T>(messages), token), cancellationToken);
            messages.TryComplete();
        }
        catch (Exception exception)
        {
            messages.TryComplete(exception); // The reader gets it.
        }
    }

    private async Task<EngineClients> SettleAsync(CancellationToken cancellationToken)
    {
        if (_isSettled && _clients is { } settled)
            return settled;
        await _settling.WaitAsync(cancellationToken);
        try
        {
            if (_isSettled && _clients is { } meanwhile)
                return meanwhile;
            var version = await NegotiateAsync(cancellationToken);
            if (_clients?.Version != version)
                _clients = new EngineClients(settings.DockerSocket, version); // Those before serve the calls under way; their connections close when they rest.
            _isSettled = true;
            return _clients;
        }
        finally
        {
            _settling.Release();
        }
    }

    private async Task<ApiVersion> NegotiateAsync(CancellationToken cancellationToken)
    {
        var engine = await InvokeAsync(_unversioned, (client, token) => client.System.GetVersionAsync(token), cancellationToken);
        var minimum = engine.MinAPIVersion ?? "";
        if (ApiVersion.TryParse(engine.APIVersion, out var newest)
            && (ApiVersion.TryParse(minimum, out var oldest) || minimum.Length == 0)
            && ApiVersion.Settle(oldest, newest) is { } version)
            return version;
        throw new DockerException(
            DockerFailure.Refused,
            $"The Docker Engine {engine.Version} speaks API {minimum} to {engine.APIVersion}; this agent speaks {ApiVersion.Oldest} to {ApiVersion.Newest}.");
    }

    /// <summary>The library reads some answers without a token, so the wait itself ends with it.</summary>
    private static async Task<T> InvokeAsync<T>(DockerClient client, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await call(client, cancellationToken).WaitAsync(cancellationToken) ?? throw new DockerException(DockerFailure.Refused, "The Docker Engine answered null.");

    private static Func<DockerClient, CancellationToken, Task<bool>> WithResult(Func<DockerClient, CancellationToken, Task> call) => async (client, token) =>
    {
        await call(client, token);
        return true;
    };

    /// <summary>The library has no exception of its own for an answer that lacks what it reads.</summary>
    private static bool IsNotUnderstood(Exception exception) =>
        exception is JsonException or FormatException or (InvalidOperationException and not ObjectDisposedException);

    private static bool IsVersionRefused(DockerApiException exception) =>
        exception.StatusCode == HttpStatusCode.BadRequest && exception.ResponseBody?.Contains("client version", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Hands messages on in their order, at once.</summary>
    private sealed class Messages<T>(ChannelWriter<T> writer) : IProgress<T>
    {
        public void Report(T value)
        {
            if (!writer.TryWrite(value))
                throw new DockerException(DockerFailure.Refused, $"More than {UnreadMessagesMax} messages of the Docker Engine were not read.");
        }
    }
}
