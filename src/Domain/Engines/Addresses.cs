using System.Globalization;

namespace Agents.Domain.Engines;

/// <summary>Writes addresses and ports.</summary>
public static class Addresses
{
    /// <summary>As "10.0.0.1:20001" or "[fd00::1]:20001".</summary>
    public static string HostPort(string address, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{port}");
}
