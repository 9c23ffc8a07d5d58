using System.Net;
using System.Net.Sockets;
using Agents.Protocol.Link;

namespace Agents.Agent.Identity;

/// <summary>TCP connections to the controller.</summary>
internal static class ControllerSocket
{
    /// <summary>Short, because the next try is soon: a network that heals is used at once.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Connects to the first address that answers. Throws <see cref="ControllerUnreachableException"/> when none does.</summary>
    public static async Task<NetworkStream> ConnectAsync(ControllerAddress controller, CancellationToken cancellationToken) =>
        await ConnectAsync(controller, await ResolveAsync(controller, cancellationToken), cancellationToken);

    /// <summary>Connects to the first of some addresses that answers; each gets its own time, so that a dead one does not take that of the next.</summary>
    public static async Task<NetworkStream> ConnectAsync(ControllerAddress controller, IReadOnlyList<IPAddress> addresses, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var address in addresses)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(address, controller.Port), cancellationToken);
            }
            catch (Exception exception) when (exception is SocketException or TimeoutException)
            {
                failures.Add(exception);
            }
        }

        var reasons = addresses.Zip(failures, (address, failure) => addresses.Count == 1 ? failure.Message : $"{address}: {failure.Message}");
        throw new ControllerUnreachableException($"{controller}: {(failures.Count == 0 ? "the name has no address" : string.Join("; ", reasons))}", failures.LastOrDefault());
    }

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(ControllerAddress controller, CancellationToken cancellationToken)
    {
        try
        {
            return IPAddress.TryParse(controller.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(controller.Host, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new ControllerUnreachableException($"{controller}: {exception.Message}", exception);
        }
    }

    private static async Task<NetworkStream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectTimeout);
        try
        {
            TcpOptions.ApplyTo(socket);
            await socket.ConnectAsync(endPoint, timeout.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException($"no answer within {ConnectTimeout.TotalSeconds} s", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
