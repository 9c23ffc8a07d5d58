using Agents.Agent.Identity;

namespace Agents.Functional.Tests.Link;

/// <summary>What hosts in tests say of themselves.</summary>
internal static class Declarations
{
    /// <summary>A valid declaration.</summary>
    public static HostDeclaration Of(string name) => new()
    {
        Name = name,
        ClusterAddress = "192.0.2.7",
        ClientAddress = "192.0.2.7",
        PortFirst = 20000,
        PortLast = 20999,
        NetworkPool = "10.210.0.0/16",
    };
}
