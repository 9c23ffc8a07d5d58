using System.Net;
using System.Net.Sockets;
using Agents.Agent.Identity;

namespace Agents.Functional.Tests.Link;

/// <summary>Stands between agents and a controller. When it falls silent nothing comes through any more, and no connection ends for that: as a network that loses every packet.</summary>
internal sealed class SilentRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _silence = new();
    private readonly List<Socket> _sockets = [];
    private readonly Task _accepting;

    /// <summary>Relays to a port of this machine.</summary>
    public SilentRelay(int port)
    {
        _listener.Start();
        Address = new ControllerAddress("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        _accepting = AcceptAsync(port);
    }

    /// <summary>Where agents dial.</summary>
    public ControllerAddress Address { get; }

    /// <summary>From now on nothing comes through.</summary>
    public void FallSilent() => _silence.Cancel();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        FallSilent();
        await _accepting;
        _listener.Stop();
        foreach (var socket in _sockets)
            socket.Dispose();
        _silence.Dispose();
    }

    private async Task AcceptAsync(int port)
    {
        try
        {
            while (true)
            {
                var (near, far) = (await _listener.AcceptSocketAsync(_silence.Token), new Socket(SocketType.Stream, ProtocolType.Tcp));
                _sockets.AddRange([near, far]);
                await far.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), _silence.Token);
                _ = CopyAsync(near, far);
                _ = CopyAsync(far, near);
            }
        }
        catch (OperationCanceledException)
        {
            // Who dials now waits.
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _silence.Token) is > 0 and var count)
                await to.SendAsync(buffer.AsMemory(0, count), _silence.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (OperationCanceledException)
        {
            // Neither end is told.
        }
        catch (SocketException)
        {
            to.Dispose();
        }
    }
}
