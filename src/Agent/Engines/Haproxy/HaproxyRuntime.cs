using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Agents.Agent.Instances;
using Agents.Agent.Kernel;

namespace Agents.Agent.Engines.Haproxy;

/// <summary>
/// HAProxy's runtime interface: a Unix socket inside of its container, that nobody else reaches. Who listens there is looked at first. Failures are
/// <see cref="HaproxyUnreachableException"/> and <see cref="HaproxyRefusedException"/>.
/// </summary>
internal sealed partial class HaproxyRuntime(IProcessTable processes, TimeProvider timeProvider) : IHaproxyRuntime
{
    /// <summary>The socket below the container's root.</summary>
    private const string SocketPath = "run/haproxy/admin.sock";

    /// <summary>A line of states has 200 bytes at the most where names are short; what is beyond this is not read.</summary>
    private const int AnswerBytesMax = 64 * 1024;

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task SetHealthAsync(LocalInstance proxy, IEnumerable<ServerHealth> servers, CancellationToken cancellationToken)
    {
        var line = string.Join(';', servers.Select(server => $"set server {server.Listener}/{server.Server} health {(server.IsUp ? "up" : "down")}"));
        if (await AskAsync(proxy, line + "\n", cancellationToken) is { Length: > 0 } answer)
            throw new HaproxyRefusedException($"the proxy refused: {answer.ReplaceLineEndings(" ")}");
    }

    /// <inheritdoc/>
    public Task<string> ReadStatesAsync(LocalInstance proxy, CancellationToken cancellationToken) => AskAsync(proxy, "show servers state\n", cancellationToken);

    /// <inheritdoc/>
    public async Task<int> FindWorkerAsync(LocalInstance proxy, CancellationToken cancellationToken) =>
        int.TryParse(ProcessLine().Match(await AskAsync(proxy, "show info\n", cancellationToken)).Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var worker)
            ? worker
            : throw new HaproxyRefusedException("the proxy does not say which process it is");

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

    [GeneratedRegex("^Pid: ([0-9]{1,9})\r?$", RegexOptions.Multiline)]
    private static partial Regex ProcessLine();
}
