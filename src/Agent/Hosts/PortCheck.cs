using System.Net;

namespace Agents.Agent.Hosts;

/// <summary>Whether one port could be bound or reached.</summary>
/// <param name="Address">The address, as it was given.</param>
/// <param name="Port">The port.</param>
/// <param name="Error">Why not; empty when it could.</param>
internal sealed record PortCheck(string Address, int Port, string Error)
{
    /// <summary>The end point; null, with the reason in <paramref name="error"/>, when there is no such.</summary>
    public static IPEndPoint? Parse(string address, int port, out string error)
    {
        error = "";
        if (!IPAddress.TryParse(address, out var parsed))
            error = $"'{address}' is no IP address";
        else if (port is < 1 or > IPEndPoint.MaxPort)
            error = $"{port} is no port";
        else
            return new IPEndPoint(parsed, port);
        return null;
    }
}
