using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// Who can be chosen in the place of a primary that has ended: by the keys in etcd, read linearizably, and by what the other nodes say of themselves. All that Patroni looks at itself counts: a
/// node that answers and cannot be chosen would cost the time for which the old primary is kept down.
/// </summary>
internal sealed class SuccessionKeys(IPatroniAgents agents, InstanceBuilder builder)
{
    /// <summary>Looks. Changes nothing.</summary>
    public async Task<Sight> LookAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance primary, CancellationToken cancellationToken)
    {
        var others = instances.Where(instance => instance.Profile.IsNode && instance.Id != primary.Id).ToList();
        var reading = ReadAsync(cluster, instances, cancellationToken);
        var answers = (await Task.WhenAll(others.Select(node => AskAsync(node, cancellationToken)))).OfType<Answer>().ToList();
        if (await reading is not { } keys)
            return new Sight(new Succession(ErrorReasons.NoQuorum, "no member of etcd answers with a quorum"), null);
        return new Sight(Judge(primary, keys, answers), keys);
    }

    /// <summary>The primary under which what was acknowledged is written down; empty where nobody says.</summary>
    public async Task<string> FindAnswerableAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken) =>
        (await ReadAsync(cluster, instances, cancellationToken))?.Sync?.Leader ?? "";

    /// <summary>
    /// Whether a node holds the lead, or is one of those of whom it is written down that they hold what was acknowledged. All members are asked, and one that says so is enough: a single one that says less than it
    /// should does not speak for the others. Null unless most answer, and all of them that this primary leads and, where commits wait for replicas, that another confirms them.
    /// </summary>
    public async Task<bool?> IsNamedAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance node, Instance primary, CancellationToken cancellationToken)
    {
        var members = instances.Where(instance => instance.Kind == InstanceKind.Etcd).ToList();
        var answers = (await Task.WhenAll(members.Select(member => ReadAsync(cluster, member, cancellationToken)))).OfType<Keys>().ToList();
        if (answers.Any(keys => keys.Lead?.Value == node.Member || keys.Sync?.Leader == node.Member || keys.Sync?.Standbys.Contains(node.Member) == true))
            return true;
        // Where commits wait for replicas somebody else has to be written down: while nobody is, who confirms them now is not known.
        var isAnswered = cluster.Effective.Durability == Durability.Async || answers.All(keys => keys.Sync is { Standbys.Count: > 0 } sync && sync.Leader == primary.Member);
        return answers.Count * 2 > members.Count && answers.All(keys => keys.Lead?.Value == primary.Member) && isAnswered ? false : null;
    }

    private static Succession Judge(Instance primary, Keys keys, IReadOnlyList<Answer> answers)
    {
        if (keys.Lead is { } lead && lead.Value != primary.Member)
            return new Succession("", $"{lead.Value} holds the lead already");
        if (answers.Any(answer => answer.Report.Paused))
            return new Succession(ErrorReasons.Paused, "the engine's failover is paused");
        if (keys.IsPlanned) // Whoever is named there is chosen, whatever it lacks.
            return new Succession(ErrorReasons.SwitchoverPending, "a switchover of the engine's own is pending");
        var able = answers.Where(answer => answer.Position is { InRecovery: true, Bytes: > 0 } && Follows(answer, primary.Member)).ToList();
        if (keys.Sync?.Leader != primary.Member || !keys.Sync.CanElect([.. able.Select(answer => answer.Member)]))
            return new Succession(ErrorReasons.NoCandidate, $"no other node can be chosen that holds every acknowledged commit ({Describe(keys.Sync, able)})");
        var furthest = able.Where(answer => keys.Sync.Standbys.Contains(answer.Member)).Max(answer => answer.Position!.Bytes);
        return furthest + PatroniRules.LagMaxBytes < keys.PositionBytes
            ? new Succession(ErrorReasons.NoCandidate, $"the furthest of the other nodes is {keys.PositionBytes - furthest} bytes behind, and the engine chooses none that is more than {PatroniRules.LagMaxBytes} behind")
            : new Succession("", $"{string.Join(", ", keys.Sync.Standbys)} hold every acknowledged commit");
    }

    /// <summary>Whether a node has come with the primary to its timeline, by Patroni's word: its own server forgets that when the primary is gone, until it writes it down.</summary>
    private static bool Follows(Answer answer, string primary)
    {
        var (own, leading) = (TimelineOf(answer.Member), TimelineOf(primary));
        return own == 0 || leading == 0 || own == leading;

        int TimelineOf(string member) => answer.Report.Members.FirstOrDefault(known => known.Name == member)?.Timeline ?? 0;
    }

    private static string Describe(SyncState? sync, IReadOnlyList<Answer> able) =>
        $"{(sync is null ? "nobody confirms commits" : $"{string.Join(", ", sync.Standbys.DefaultIfEmpty("nobody"))} of {sync.Leader}, one of which must see {sync.Quorum} more")}; {string.Join(", ", able.Select(answer => answer.Member).DefaultIfEmpty("nobody"))} could be chosen";

    /// <summary>The keys, from the first member that can read them with a quorum; null where none can.</summary>
    private async Task<Keys?> ReadAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var reading = instances.Where(instance => instance.Kind == InstanceKind.Etcd).Select(member => ReadAsync(cluster, member, cancellationToken)).ToList();
        while (reading.Count > 0)
        {
            var first = await Task.WhenAny(reading);
            if (await first is { } keys)
                return keys;
            reading.Remove(first);
        }

        return null;
    }

    private async Task<Keys?> ReadAsync(Cluster cluster, Instance member, CancellationToken cancellationToken)
    {
        if (agents.FindPatroni(member.HostId) is not { } agent)
            return null;
        try
        {
            var found = await Task.WhenAll(
                new[] { PatroniKeys.Leader(cluster.Id), PatroniKeys.Sync(cluster.Id), PatroniKeys.Failover(cluster.Id), PatroniKeys.Status(cluster.Id) }
                    .Select(key => agent.FindEtcdKeyAsync(member.Id, key, PatroniKeys.LengthMax, cancellationToken)));
            return new Keys(
                member, found[0], found[1] is { } sync ? SyncState.Parse(sync.Value) : null, found[2] is { Value: not ("" or "{}") }, found[3] is { } status ? PatroniRules.PositionOf(status.Value) : 0);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return null;
        }
    }

    private async Task<Answer?> AskAsync(Instance node, CancellationToken cancellationToken)
    {
        if (agents.FindPatroni(node.HostId) is not { } agent)
            return null;
        try
        {
            var report = agent.GetPatroniClusterAsync(node.Id, cancellationToken);
            var position = builder.AgentOf(node.HostId).GetPositionAsync(node.Id, cancellationToken);
            await Task.WhenAll(report, position);
            return new Answer(node.Member, await report, await position);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return null;
        }
    }

    /// <summary>What was seen.</summary>
    /// <param name="Succession">What comes of it.</param>
    /// <param name="Keys">The keys; null where none could be read.</param>
    public sealed record Sight(Succession Succession, Keys? Keys);

    /// <summary>What etcd holds.</summary>
    /// <param name="Member">Who was asked.</param>
    /// <param name="Lead">The leader key; null where nobody holds the lead.</param>
    /// <param name="Sync">Who holds every acknowledged commit.</param>
    /// <param name="IsPlanned">Whether a switchover of Patroni's own is pending.</param>
    /// <param name="PositionBytes">How far the primary was when it last said so.</param>
    public sealed record Keys(Instance Member, EtcdKey? Lead, SyncState? Sync, bool IsPlanned, long PositionBytes);

    private sealed record Answer(string Member, PatroniReport Report, Domain.Health.WalPosition Position);
}
