namespace Agents.Agent.Identity;

/// <summary>What a host says of itself when it joins: fixed from then on.</summary>
internal sealed record HostDeclaration
{
    /// <summary>The host's name: a DNS label, unique in the project.</summary>
    public required string Name { get; init; }

    /// <summary>The address that cluster peers use.</summary>
    public required string ClusterAddress { get; init; }

    /// <summary>The address that applications use.</summary>
    public required string ClientAddress { get; init; }

    /// <summary>The first port that may be published.</summary>
    public required int PortFirst { get; init; }

    /// <summary>The last port that may be published.</summary>
    public required int PortLast { get; init; }

    /// <summary>The range in CIDR form that cluster networks are cut from.</summary>
    public required string NetworkPool { get; init; }
}
