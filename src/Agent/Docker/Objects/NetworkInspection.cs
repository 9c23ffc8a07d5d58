namespace Agents.Agent.Docker.Objects;

/// <summary>One network, as far as it is read.</summary>
internal sealed record NetworkInspection(string Id, string Name, IReadOnlyDictionary<string, string>? Labels = null, IpamBody? IPAM = null)
{
    /// <summary>All subnets in CIDR form; none for networks without addresses of their own, as "host" and "none".</summary>
    public IReadOnlyList<string> Subnets => [.. (IPAM?.Config ?? []).Select(pool => pool.Subnet)];

    /// <summary>The names of the containers that are in it now.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>The first subnet in CIDR form, or an empty string.</summary>
    public string Subnet => IPAM?.Config is [var first, ..] ? first.Subnet : "";
}
