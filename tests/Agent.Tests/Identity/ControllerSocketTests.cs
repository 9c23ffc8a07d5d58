using System.Net;
using System.Net.Sockets;
using Agents.Agent.Identity;
using Agents.Testing;

namespace Agents.Agent.Tests.Identity;

/// <summary>A controller's name with several addresses.</summary>
public sealed class ControllerSocketTests
{
    [Fact]
    public async Task Connect_FirstAddressSilent_SecondIsUsed()
    {
        using var living = Listener("127.0.0.1", 0, 10);
        var port = ((IPEndPoint)living.LocalEndPoint!).Port;
        using var silent = Listener("127.0.0.2", port, 0);
        using var waiting = new Waiters(silent);

        await using var stream = await ControllerSocket.ConnectAsync(
            new ControllerAddress("controller.example", port), [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback], default).DefaultTimeout();

        Assert.Equal(living.LocalEndPoint, stream.Socket.RemoteEndPoint);
    }

    [Fact]
    public async Task Connect_NoAddressAnswers_NamesEach()
    {
        using var taken = Listener("127.0.0.1", 0, 10);
        var controller = new ControllerAddress("controller.example", ((IPEndPoint)taken.LocalEndPoint!).Port);

        var exception = await Assert.ThrowsAsync<ControllerUnreachableException>(
            () => ControllerSocket.ConnectAsync(controller, [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")], default)).DefaultTimeout();

        Assert.Contains("127.0.0.2: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.3: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("has no address", (await Assert.ThrowsAsync<ControllerUnreachableException>(
            () => ControllerSocket.ConnectAsync(controller, [], default))).Message, StringComparison.Ordinal);
    }

    private static Socket Listener(string address, int port, int backlog)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        socket.Listen(backlog);
        return socket;
    }

    /// <summary>Fills a listener's queue, so that it answers nobody else.</summary>
    private sealed class Waiters : IDisposable
    {
        private readonly List<Socket> _sockets = [];

        public Waiters(Socket listener)
        {
            for (var waiter = 0; waiter < 4; waiter++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _sockets.Add(socket);
                _ = socket.ConnectAsync(listener.LocalEndPoint!).ContinueWith(connecting => connecting.Exception, TaskScheduler.Default);
            }
        }

        public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
    }
}
