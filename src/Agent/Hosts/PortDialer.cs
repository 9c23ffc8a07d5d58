using System.Net.Sockets;
using System.Text;

namespace Agents.Agent.Hosts;

/// <summary>Dials ports that other hosts hold, and says which answered with the expected token.</summary>
internal static class PortDialer
{
    private const int DialsMax = 64;
    private const int TokenBytesMax = 64;

    /// <summary>Dials all that are not refused, some at a time; the results are in the order of the targets.</summary>
    public static async Task<IReadOnlyList<PortCheck>> DialAsync(
        IReadOnlyList<(string Address, int Port, string Token)> targets, Func<string, string> refusalOf, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(DialsMax);
        return await Task.WhenAll(targets.Select(async target =>
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                if (refusalOf(target.Address) is { Length: > 0 } refusal)
                    return new PortCheck(target.Address, target.Port, refusal);
                return new PortCheck(target.Address, target.Port, await DialAsync(target.Address, target.Port, target.Token, timeout, cancellationToken));
            }
            finally
            {
                places.Release();
            }
        }));
    }

    private static async Task<string> DialAsync(string address, int port, string token, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (PortCheck.Parse(address, port, out var error) is not { } endPoint)
            return error;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endPoint, limited.Token);
            return await ReadAsync(socket, limited.Token) == token ? "" : "something else than our agent listens there";
        }
        catch (SocketException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {timeout.TotalSeconds} s";
        }
    }

    private static async Task<string> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[TokenBytesMax + 1];
        var length = 0;
        while (length < buffer.Length && await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            length += read;
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
