using System.Security.Cryptography;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// Tries planned ports before a plan is frozen: every host binds its own, and every host dials those of all others. What is taken can be planned around; what is blocked
/// between two hosts only a person can mend, or a plan without one of them.
/// </summary>
internal sealed class PortProbe(IAgents agents)
{
    /// <summary>Tries the ports of instances that do not exist yet.</summary>
    /// <param name="instances">The instances.</param>
    /// <param name="others">Further hosts that are to reach them.</param>
    /// <param name="nameOf">The name of a host.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PortProbeResult> CheckAsync(IReadOnlyList<Instance> instances, IReadOnlyList<HostId> others, Func<HostId, string> nameOf, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var ports = instances.GroupBy(instance => instance.HostId).ToDictionary(group => group.Key, group => group.SelectMany(TargetsOf).Distinct().ToList());

        var held = await HoldAsync(ports, token, cancellationToken);
        try
        {
            var taken = held.SelectMany(host => host.Value.Results.Where(result => !result.Ok).Select(result => (host.Key, result.Target.Port))).ToList();
            if (taken.Count > 0)
                return new PortProbeResult(taken, []);
            return new PortProbeResult([], await DialAsync(ports, [.. ports.Keys.Union(others)], token, nameOf, cancellationToken));
        }
        finally
        {
            foreach (var host in held.Values)
                await host.DisposeAsync();
        }
    }

    private static IEnumerable<PortTarget> TargetsOf(Instance instance) =>
        instance.Ports.Select(port => new PortTarget(instance.AddressOf(port.Key), port.Value));

    private async Task<Dictionary<HostId, IHeldPorts>> HoldAsync(Dictionary<HostId, List<PortTarget>> ports, string token, CancellationToken cancellationToken)
    {
        var held = new Dictionary<HostId, IHeldPorts>();
        try
        {
            foreach (var (host, targets) in ports)
                held[host] = await AgentOf(host).HoldPortsAsync(targets, token, cancellationToken);
            return held;
        }
        catch
        {
            foreach (var host in held.Values)
                await host.DisposeAsync();
            throw;
        }
    }

    private async Task<IReadOnlyList<PortProbeResult.Way>> DialAsync(
        Dictionary<HostId, List<PortTarget>> ports, IReadOnlyList<HostId> dialers, string token, Func<HostId, string> nameOf, CancellationToken cancellationToken)
    {
        var dials = dialers.Select(async from =>
        {
            var targets = ports.Where(to => to.Key != from).SelectMany(to => to.Value.Select(target => (To: to.Key, Target: target))).ToList();
            if (targets.Count == 0)
                return [];
            var results = await AgentOf(from).DialAsync([.. targets.Select(pair => pair.Target)], token, cancellationToken);
            return targets.Zip(results).Where(pair => !pair.Second.Ok)
                .Select(pair => new PortProbeResult.Way(from, pair.First.To, $"{nameOf(from)} → {nameOf(pair.First.To)}:{pair.First.Target.Port} blocked ({pair.Second.Error})")).ToList();
        });
        return [.. (await Task.WhenAll(dials)).SelectMany(blocked => blocked)];
    }

    private IAgent AgentOf(HostId host) => agents.Find(host) ?? throw new AgentUnavailableException("the host has no link");
}
