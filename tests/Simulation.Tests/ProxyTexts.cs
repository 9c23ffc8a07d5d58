namespace Agents.Simulation.Tests;

/// <summary>What the proxies of the cluster are configured with.</summary>
internal static class ProxyTexts
{
    /// <summary>The configuration of each.</summary>
    public static IEnumerable<string> Of(Simulation simulation) =>
        from host in simulation.Fleet.Hosts
        from container in host.Containers.Values
        where container.Kind == "haproxy"
        select host.Volumes[$"{container.Name}-config"].Files["haproxy.cfg"];

    /// <summary>With what the nodes behind an entrance are asked whether they take connections there, and those nodes.</summary>
    public static IReadOnlyList<string> Behind(string text, string entrance) =>
    [
        .. text.Split($"listen {entrance}\n")[1].Split("\nlisten ")[0].Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.StartsWith("server ", StringComparison.Ordinal) || line.StartsWith("option httpchk ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(words => words[0] == "server" ? words[1] : words[3]),
    ];
}
