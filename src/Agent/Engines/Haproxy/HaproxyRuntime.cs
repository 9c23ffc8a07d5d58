using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Agents.Agent.Instances;
using Agents.Agent.Kernel;

namespace Agents.Agent.Engines.Haproxy;

/// <summary>
/// HAProxy's runtime interface: a Unix socket inside of its container, that nobody else reaches. Who listens there is looked at first. Failures are
/// <see cref="HaproxyUnreachableException"/> and <see cref="HaproxyRefusedException"/>.
/// </summary>
internal sealed class HaproxyRuntime(IProcessTable processes, TimeProvider timeProvider)
{
    /// <summary>The socket below the container's root.</summary>
    private const string SocketPath = "run/haproxy/admin.sock";

    private const int AnswerBytesMax = 4096;
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Says how servers are, all in one line. What a check finds afterwards counts again. The names must be words: whatever stands in them is read as a command.
    /// </summary>
    public async Task SetHealthAsync(LocalInstance proxy, IEnumerable<ServerHealth> servers, CancellationToken cancellationToken)
    {
        var line = string.Join(';', servers.Select(server => $"set server {server.Listener}/{server.Server} health {(server.IsUp ? "up" : "down")}"));
        if (await AskAsync(proxy, line + "\n", cancellationToken) is { Length: > 0 } answer)
            throw new HaproxyRefusedException($"the proxy refused: {answer.ReplaceLineEndings(" ")}");
    }

    private async Task<string> AskAsync(LocalInstance proxy, string line, CancellationToken cancellationToken)
    {
        if (proxy.InitPid == 0)
            throw new HaproxyUnreachableException("the container does not run");
        using var limit = new CancellationTokenSource(_timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var socket = ConfinedSocket.Open(string.Create(CultureInfo.InvariantCulture, $"/proc/{proxy.InitPid}/root"), SocketPath);
            using var connection = socket.Connect();
            if (SocketListener.DoubtOf(processes, proxy.InitPid, ConfinedSocket.ListenerOf(connection)) is { Length: > 0 } doubt)
                throw new HaproxyUnreachableException(doubt);
            connection.Blocking = true; // A stream takes no other; nothing is waited for in it all the same.
            await using var stream = new NetworkStream(connection);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(line), either.Token);
            return await ReadAsync(stream, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HaproxyUnreachableException("the proxy does not answer", exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new HaproxyUnreachableException($"the proxy does not answer: {exception.Message}", exception);
        }
    }

    /// <summary>Its words until it ends the connection, as it does after each line.</summary>
    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var answer = new byte[AnswerBytesMax];
        var length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(answer.AsSpan(0, length)).Trim();
    }
}
