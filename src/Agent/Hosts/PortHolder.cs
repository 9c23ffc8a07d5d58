using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Agents.Agent.Configuration;

namespace Agents.Agent.Hosts;

/// <summary>
/// Listens on ports so that other hosts can dial them, and sends a token to whoever connects, so that a foreign listener is not taken for us. Ports are free again
/// when it is disposed.
/// </summary>
internal sealed class PortHolder : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<IPEndPoint, Socket> _listeners = new();
    private readonly List<Task> _accepting = [];
    private readonly byte[] _token;

    private PortHolder(string token) => _token = Encoding.UTF8.GetBytes(token);

    /// <summary>Whether each port could be bound, in the order asked for.</summary>
    public IReadOnlyList<PortCheck> Results { get; private set; } = [];

    /// <summary>Binds what can be bound.</summary>
    public static PortHolder Hold(IEnumerable<(string Address, int Port)> ports, string token, AgentSettings settings)
    {
        var holder = new PortHolder(token);
        holder.Results = [.. ports.Select(port => new PortCheck(port.Address, port.Port, holder.Bind(port.Address, port.Port, settings)))];
        return holder;
    }

    /// <summary>Lets go of some ports; of those that it does not hold nothing changes.</summary>
    public void LetGo(IEnumerable<(string Address, int Port)> ports)
    {
        foreach (var (address, port) in ports)
        {
            if (PortCheck.Parse(address, port, out _) is { } endPoint && _listeners.TryRemove(endPoint, out var listener))
                listener.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        foreach (var listener in _listeners.Values)
            listener.Dispose();
        await Task.WhenAll(_accepting);
        _ended.Dispose();
    }

    private string Bind(string address, int port, AgentSettings settings)
    {
        if (PortCheck.Parse(address, port, out var error) is not { } endPoint)
            return error;
        if (!settings.IsOwnAddress(endPoint.Address))
            return $"{address} is not an address of this host's containers ({settings.ClusterAddress}, {settings.ClientAddress})";
        if (!settings.Ports.Contains(port))
            return $"{port} is outside of this host's range {settings.Ports}";

        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen();
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            return exception.Message;
        }

        _listeners[endPoint] = socket;
        _accepting.Add(AcceptAsync(socket));
        return "";
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                using var peer = await listener.AcceptAsync(_ended.Token);
                await SendAsync(peer);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The port is no longer held.
        }
    }

    private async Task SendAsync(Socket peer)
    {
        try
        {
            await peer.SendAsync(_token, _ended.Token);
            peer.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer has left; it says so itself.
        }
    }
}
