using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>
/// Says what holds for a cluster as a whole, in three values: what was seen to be so, what was seen not to be so, and what nobody in sight knows. A host that is out of sight
/// proves nothing: a primary there may take writes the whole time.
/// </summary>
internal sealed class ClusterConditions(
    Cluster cluster,
    IReadOnlyList<Instance> instances,
    IReadOnlyDictionary<HostId, string> hostNames,
    IReadOnlyDictionary<HostId, HostObservation> hosts,
    ClusterObservation? fresh)
{
    private const int NameMax = 80;
    private const int NamesMax = 5;

    private readonly ImmutableArray<Instance> _nodes = [.. instances.Where(instance => instance.Profile.IsNode)];

    /// <summary>The conditions that a cluster always has, and those that are there only while they hold: "TwoPrimaries", "UnknownMembers" and "FailoverPaused".</summary>
    public ImmutableArray<Condition> All()
    {
        var writable = Writable();
        return [writable, Converged(writable), Durable(writable), HostsReachable(), .. TwoPrimaries(), .. UnknownMembers(), .. FailoverPaused()];
    }

    private Condition Writable()
    {
        if (fresh is null)
            return NoSight();
        var leaders = fresh.Leaders.ToList();
        return leaders.Count switch
        {
            0 => NoLeader(fresh),
            1 when _nodes.FirstOrDefault(node => node.Member == leaders[0]) is { } primary && ClusterStatusBuilder.IsDown(primary, hosts) => new Condition("Writable", false, "PrimaryDown", DownOf(primary)!),
            1 => new Condition("Writable", true, "PrimaryLeads", $"{leaders[0]} is the primary and takes writes"),
            _ => new Condition("Writable", true, "TwoPrimaries", $"{Listed(leaders)} all take writes"),
        };
    }

    /// <summary>Nobody answered. Only when every node was seen not to run is that more than a lack of sight.</summary>
    private Condition NoSight()
    {
        var downs = _nodes.Select(DownOf).ToList();
        if (cluster.IsStopped && downs.All(down => down is not null))
            return new Condition("Writable", false, "Stopped", $"the cluster is stopped, as it is meant to be: agentctl postgres cluster start {cluster.Name}");
        if (downs.Count > 0 && downs.All(down => down is not null))
            return new Condition("Writable", false, "NodesDown", $"no node runs: {string.Join("; ", downs)}");
        var away = _nodes.Select(OutOfSight).OfType<string>().ToList();
        return new Condition("Writable", null, "NoSight", "no node of the cluster has answered in the last seconds" + (away.Count == 0 ? "" : $": {string.Join("; ", away)}"));
    }

    /// <summary>Some answered, and none of them leads: is there one of whom they speak, and was it asked?</summary>
    private Condition NoLeader(ClusterObservation seen)
    {
        if (seen.Members.FirstOrDefault(member => member.IsPrimary)?.Name is { } named)
        {
            var sight = seen.Nodes.FirstOrDefault(node => node.Member == named);
            if (_nodes.FirstOrDefault(node => node.Member == named) is { } primary && DownOf(primary) is { } down)
                return new Condition("Writable", false, "PrimaryDown", down);
            if (sight is null or { Answer: NodeSight.Kind.OutOfSight })
                return new Condition("Writable", null, "PrimaryOutOfSight", $"{Named(seen)} that {named} leads, and it was not asked: {sight?.Reason ?? "it is none of the cluster's nodes"}");
            if (sight.Answer == NodeSight.Kind.Silent)
                return new Condition("Writable", null, "PrimarySilent", $"{Named(seen)} that {named} leads, and it does not answer: {sight.Reason}");
        }

        var away = seen.Nodes.Where(node => node.Answer == NodeSight.Kind.OutOfSight).ToList();
        return away.Count > 0
            ? new Condition("Writable", null, "NoPrimaryInSight", $"no node in sight leads; not asked: {string.Join("; ", away.Select(node => $"{node.Member}: {node.Reason}"))}")
            : new Condition("Writable", false, "NoPrimary", "no primary takes writes");
    }

    private Condition Converged(Condition writable)
    {
        if (fresh is null || writable.Status is null)
            return writable with { Type = "Converged", Status = null };
        var wanted = cluster.Effective.NodeCount - 1;
        var streaming = fresh.Members.Count(member => !member.IsPrimary && member.State == "streaming");
        var sentence = $"{streaming} of {wanted} replicas stream";
        if (fresh.IsConverged(cluster.Effective.NodeCount))
            return new Condition("Converged", true, "AllStreaming", sentence);
        var reasons = _nodes.Select(WhyNotStreaming).OfType<string>().ToList();
        return new Condition("Converged", false, "ReplicasMissing", reasons.Count == 0 ? sentence : $"{sentence}: {string.Join("; ", reasons)}");
    }

    /// <summary>Whether a commit waits for a replica, where that was asked for. Only the primary knows.</summary>
    private Condition Durable(Condition writable)
    {
        var asked = cluster.Effective.Durability.ToString().ToLowerInvariant();
        if (cluster.Effective.Durability == Durability.Async)
            return new Condition("Durable", true, "NotAsked", "durability async: a commit waits for no replica");
        if (fresh is null || writable.Status != true)
            return writable with { Type = "Durable", Status = null };

        var confirming = fresh.Members.Where(member => !member.IsPrimary && DurabilityRules.Confirms(member.State, member.SyncState)).Select(member => member.Name).Order(StringComparer.Ordinal).ToList();
        return confirming.Count > 0
            ? new Condition("Durable", true, "ReplicasConfirm", $"durability {asked}: a commit waits for one of {string.Join(", ", confirming)}")
            : new Condition("Durable", false, "NoReplicaConfirms", $"durability {asked}: no replica confirms commits now{(cluster.Effective.Durability == Durability.Strict ? "; they wait" : ", so they survive the primary's disk alone")}");
    }

    private Condition HostsReachable()
    {
        var away = instances.Select(instance => instance.HostId).Distinct()
            .Select(id => (Name: NameOf(id), Host: hosts.GetValueOrDefault(id) ?? HostObservation.NeverHeard(id)))
            .Where(host => host.Host.State != HostState.Ready)
            .OrderBy(host => host.Name, StringComparer.Ordinal)
            .ToList();
        if (away.Count == 0)
            return new Condition("HostsReachable", true, "AllReady", "all hosts of the cluster are ready");
        var message = $"not ready: {string.Join("; ", away.Select(host => $"{host.Name}: {host.Host.StateReason}"))}";
        return away.All(host => host.Host.LastSeenAt is null)
            ? new Condition("HostsReachable", null, "HostsNotHeard", message) // The controller has just been started, and they may link any moment.
            : new Condition("HostsReachable", false, "HostsAway", message);
    }

    /// <summary>
    /// Who takes part in the cluster and is none of its nodes: it may confirm commits and lead, and no proxy is told of it. One that was taken out is listed for some seconds as stopped. Of what a node tells only names that
    /// could be those of nodes are shown, and not many.
    /// </summary>
    private IEnumerable<Condition> UnknownMembers()
    {
        var unknown = fresh?.Members.Where(member => !fresh.IsOwn(member.Name) && member.State is not ("stopped" or "stopping")).Select(member => member.Name)
            .Where(name => name.Length <= NameMax && name.StartsWith($"{cluster.Name}-", StringComparison.Ordinal) && name[(cluster.Name.Length + 1)..].All(char.IsAsciiDigit)).Distinct().Order(StringComparer.Ordinal).ToList() ?? [];
        if (unknown.Count == 0)
            yield break;
        var names = unknown.Count <= NamesMax ? Listed(unknown) : $"{string.Join(", ", unknown.Take(NamesMax))} and {unknown.Count - NamesMax} more";
        yield return new Condition(
            "UnknownMembers", true, "MembersUnknown",
            $"the engine lists {names}, which the controller does not know: no proxy that it configures leads there, and commits may hang on what runs there (agentctl host get shows the container, among what nobody owns)");
    }

    private IEnumerable<Condition> TwoPrimaries()
    {
        var leaders = fresh?.Leaders.ToList() ?? [];
        if (leaders.Count > 1)
            yield return new Condition("TwoPrimaries", true, "SeveralLead", $"{Listed(leaders)} each say that they lead: what is written to one may be lost; stop all but the one that the others follow");
    }

    private IEnumerable<Condition> FailoverPaused()
    {
        if (fresh is { Paused: true })
            yield return new Condition("FailoverPaused", true, "PausedInTheEngine", "automatic failover is paused: a primary that fails is not replaced");
    }

    /// <summary>Why a node does not stream from the primary, as far as that is known; null for the primary and for one that streams.</summary>
    private string? WhyNotStreaming(Instance node)
    {
        var member = fresh?.Members.FirstOrDefault(candidate => candidate.Name == node.Member);
        if (member is { IsPrimary: true } or { State: "streaming" } || fresh!.Leaders.Contains(node.Member))
            return null;
        if (member is { IsSlotLost: true })
            return $"{node.Member}: its replication slot was given up by the primary, which no longer has what it lacks: it must be made anew";
        if (RecordOf(node) is { StartError.Length: > 0 } record)
            return $"{node.Member}: its start failed: {record.StartError}";
        if (DownOf(node) is { } down)
            return down;
        if (member?.State is "in archive recovery")
            return $"{node.Member}: it replays from the archive, and does not stream from the primary";
        return member is not null ? $"{node.Member}: it is {member.State}" : OutOfSight(node) ?? $"{node.Member}: the engine does not know of it";
    }

    /// <summary>How a node was seen not to run; null where it runs, or where that cannot be seen.</summary>
    private string? DownOf(Instance node)
    {
        if (!hosts.TryGetValue(node.HostId, out var host) || !host.IsCurrent)
            return null;
        if (!host.Containers.TryGetValue(node.ContainerName, out var container))
            return $"{node.Member}: its container is missing on {NameOf(node.HostId)}";
        return container.State switch
        {
            ContainerState.Created => $"{node.Member}: its container was never started",
            ContainerState.Paused => $"{node.Member}: its container is paused",
            ContainerState.Exited => $"{node.Member}: its container has exited with code {container.ExitCode}",
            ContainerState.Dead => $"{node.Member}: its container is dead",
            ContainerState.Running or ContainerState.Restarting or ContainerState.Removing or ContainerState.Unknown => null,
        };
    }

    private string? OutOfSight(Instance node)
    {
        var host = hosts.GetValueOrDefault(node.HostId) ?? HostObservation.NeverHeard(node.HostId);
        return host.State == HostState.Ready ? null : $"{node.Member} on {NameOf(node.HostId)}: {host.StateReason}";
    }

    private InstanceObservation? RecordOf(Instance node) =>
        hosts.TryGetValue(node.HostId, out var host) && host.IsCurrent ? host.Instances.GetValueOrDefault(node.Id) : null;

    private string NameOf(HostId host) => hostNames.TryGetValue(host, out var name) ? name : host.ToString();

    private static string Named(ClusterObservation seen)
    {
        var answered = seen.Nodes.Where(node => node.HasAnswered).Select(node => node.Member).ToList();
        return $"{Listed(answered)} {(answered.Count == 1 ? "says" : "say")}";
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
