using Agents.Cli.Model;

namespace Agents.Cli.Values;

/// <summary>Addresses with ports.</summary>
internal static class Authority
{
    /// <summary>As "10.0.0.1:5432" or "[fd00::1]:5432".</summary>
    public static string Of(ClusterStatus.Endpoint endpoint) => Text.Invariant($"{Bracketed(endpoint.Address)}:{endpoint.Port}");

    /// <summary>An address in brackets where it has colons.</summary>
    public static string Bracketed(string address) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
}
