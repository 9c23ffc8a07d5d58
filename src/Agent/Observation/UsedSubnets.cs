using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Agents.Agent.Configuration;
using Agents.Agent.Docker;
using Agents.Agent.Kernel;

namespace Agents.Agent.Observation;

/// <summary>What the host's addresses are used for already, read anew with every call. Failures of the engine are <see cref="DockerException"/>.</summary>
internal sealed partial class UsedSubnets(IDockerNetworks networks, IHostRoutes routes, AgentSettings settings)
{
    /// <summary>Who holds a subnet that the engine refuses though it lists no network there.</summary>
    public const string Hidden = "a network that the engine does not list";

    private readonly ConcurrentDictionary<IPNetwork, bool> _hidden = [];

    /// <summary>
    /// The engine refuses a subnet that is free by all that it tells: it was ended in the middle of making a network, and remembers that one without listing it. Nothing takes that back while the engine keeps its
    /// data, so the subnet counts as used for as long as this process lives; after that the next refusal says it again.
    /// </summary>
    public void NoteHidden(string subnet) => _hidden.TryAdd(IPNetwork.Parse(subnet), true);

    /// <summary>
    /// The subnets of all networks of the engine, ours and others', then the host's routes and addresses; a network's own route is not told again. A range that holds the
    /// whole pool is left out: whoever gave the host that pool has decided about it, and no other subnet of the pool would be better.
    /// </summary>
    public async Task<IReadOnlyList<UsedRange>> ReadAsync(CancellationToken cancellationToken)
    {
        var ofNetworks =
            from network in await networks.ListAllAsync(cancellationToken)
            from subnet in network.Subnets
            where IPNetwork.TryParse(subnet, out _)
            select new UsedRange(IPNetwork.Parse(subnet), network.Name);
        return [.. ofNetworks.Concat(_hidden.Keys.Select(range => new UsedRange(range, Hidden))).Concat(routes.Read().Where(range => !HoldsPool(range.Range))).DistinctBy(range => range.Range)];
    }

    /// <summary>The engine has taken a subnet that it had refused.</summary>
    public void ForgetHidden(string subnet) => _hidden.TryRemove(IPNetwork.Parse(subnet), out _);

    /// <summary>
    /// The first use that a subnet overlaps with; null when it is free. What the engine has refused without a reason is for plans to go round, and no reason not to ask it again: a person may have mended it. A bridge that the engine has named after one of its networks speaks for nobody here: where the network lives
    /// it was told already, and where the engine was killed in the middle it is what is left of one.
    /// </summary>
    public async Task<UsedRange?> FindOverlapAsync(string subnet, CancellationToken cancellationToken)
    {
        var wanted = IPNetwork.Parse(subnet);
        return (await ReadAsync(cancellationToken)).FirstOrDefault(used => used.Overlaps(wanted) && used.Holder != Hidden && !EngineBridge().IsMatch(used.Holder));
    }

    private bool HoldsPool(IPNetwork range) => range.PrefixLength <= settings.NetworkPool.PrefixLength && range.Contains(settings.NetworkPool.BaseAddress);

    [GeneratedRegex("^(address|route) br-[0-9a-f]{12}$")]
    private static partial Regex EngineBridge();
}
