using System.Net.Sockets;
using Agents.Protocol.Link;

namespace Agents.Agent.Identity;

/// <summary>TCP connections to the controller.</summary>
internal static class ControllerSocket
{
    /// <summary>Short, because the next try is soon: a network that heals is used at once.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Connects. Throws <see cref="ControllerUnreachableException"/> when it cannot.</summary>
    public static async Task<NetworkStream> ConnectAsync(ControllerAddress controller, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectTimeout);
        try
        {
            TcpOptions.ApplyTo(socket);
            await socket.ConnectAsync(controller.Host, controller.Port, timeout.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw exception switch
            {
                OperationCanceledException => new ControllerUnreachableException($"{controller} did not answer within {ConnectTimeout.TotalSeconds} s", exception),
                SocketException => new ControllerUnreachableException($"{controller}: {exception.Message}", exception),
                _ => exception,
            };
        }
    }
}
