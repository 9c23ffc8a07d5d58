using System.Globalization;
using Agents.Agent.Identity;

namespace Agents.Functional.Tests.Link;

/// <summary>What hosts in tests say of themselves.</summary>
internal static class Declarations
{
    /// <summary>The address of a host: that of "host-1" is 192.0.2.7, of "host-2" the next.</summary>
    public static string AddressOf(string name) => string.Create(CultureInfo.InvariantCulture, $"192.0.2.{6 + int.Parse(name[(name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture)}");

    /// <summary>A valid declaration.</summary>
    public static HostDeclaration Of(string name) => new()
    {
        Name = name,
        ClusterAddress = AddressOf(name),
        ClientAddress = AddressOf(name),
        PortFirst = 20000,
        PortLast = 20999,
        NetworkPool = "10.210.0.0/16",
    };
}
