using System.Net;
using System.Net.Sockets;

namespace Agents.Agent.Tests.Engines;

/// <summary>A server behind a proxy: it says to checks that it is up, and gives everybody else back what they say, until it is disposed of.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly TcpListener _listener;

    /// <summary>Listens at a free port of an address.</summary>
    public EchoServer(string address)
    {
        _listener = new TcpListener(IPAddress.Parse(address), 0);
        _listener.Start(1024);
        _ = AcceptAsync();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was disposed of.
        }
    }

    private static async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            var buffer = new byte[1024];
            try
            {
                for (int read; (read = await client.GetStream().ReadAsync(buffer)) > 0;)
                {
                    var isCheck = buffer.AsSpan(0, read).StartsWith("OPTIONS"u8);
                    await client.GetStream().WriteAsync(isCheck ? "HTTP/1.0 200 OK\r\n\r\n"u8.ToArray() : buffer.AsMemory(0, read));
                    if (isCheck)
                        return;
                }
            }
            catch (IOException)
            {
                // The other end has gone.
            }
        }
    }
}
