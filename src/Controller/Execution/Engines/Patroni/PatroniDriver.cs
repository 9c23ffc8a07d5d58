using System.Collections.Immutable;
using Agents.Controller.Execution.Steps;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>Drives clusters of Patroni with etcd and HAProxy.</summary>
internal sealed class PatroniDriver(
    IStore store, IPatroniAgents patroni, InstanceBuilder builder, ImageDelivery images, ClusterRemover remover, IFleetView fleet, TimeProvider timeProvider) : IEngineDriver
{
    /// <summary>How long what a node told holds after its agent was last heard, which gives a sign of life every 5 s.</summary>
    private static readonly TimeSpan _heardFor = TimeSpan.FromSeconds(8);

    /// <inheritdoc/>
    public Engine Engine => Engine.Patroni;

    /// <inheritdoc/>
    public IReadOnlyList<IOperationStep> Steps { get; } =
    [
        new StartEtcdStep(builder),
        new QuorumStep(patroni, builder, timeProvider),
        new StopStep(remover, PatroniSteps.StopEtcd, kind => kind.IsCoordinator),
        new RemoveMemberStep(new EtcdMembership(patroni), builder),
        new PlaceMemberStep(store),
        new AddMemberStep(store, new EtcdMembership(patroni), builder, images),
        new PromoteMemberStep(new EtcdMembership(patroni), new DataNote(store), builder),
        new TakeLeadStep(patroni, builder, new SuccessionKeys(patroni, builder)),
    ];

    /// <inheritdoc/>
    public async Task<ClusterObservation?> ObserveAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var askedAt = timeProvider.GetUtcNow(); // Whoever asked later knows better, even if it was answered sooner.
        var answers = await AskAllAsync(instances, cancellationToken);
        var best = answers.FirstOrDefault(answer => answer.Report?.SelfIsLeader == true) ?? answers.FirstOrDefault(answer => answer.Report is not null);
        if (best is not { Report: { } report })
            return null;
        return PatroniStatus.Of(cluster.Id, askedAt, report, [.. answers.Select(answer => new NodeSight(answer.Node.Member, answer.Sight, answer.Reason))]);
    }

    /// <inheritdoc/>
    public ClusterObservation? ObserveAtRest(Cluster cluster, IReadOnlyList<Instance> instances)
    {
        var told = instances.Where(instance => instance.Kind == InstanceKind.Postgres).Select(node => (node.Member, Report: ToldBy(node), fleet.Host(node.HostId).LastSeenAt)).ToList();
        if (told.Any(node => node.Report is null) || told.FirstOrDefault(node => node.Report!.SelfIsLeader) is not { Report: { } report, LastSeenAt: { } at })
            return null;
        var seen = PatroniStatus.Of(cluster.Id, at, report, [.. told.Select(node => new NodeSight(node.Member, SightOf(node.Report!)))]);
        return seen.IsAtRest(cluster.Effective.NodeCount) ? seen : null;
    }

    /// <inheritdoc/>
    public async Task<Instance?> FindPrimaryAsync(IReadOnlyList<Instance> instances, CancellationToken cancellationToken) =>
        (await AskAllAsync(instances, cancellationToken)).Where(answer => answer.Report?.SelfIsLeader == true).ToList() is [var only] ? only.Node : null;

    /// <inheritdoc/>
    public async Task<BootstrapSight> FreeBootstrapAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var key = new BootstrapKey(patroni);
        var found = await key.FindAsync(cluster, instances, cancellationToken); // Before the nodes are asked: whoever filled it leads in the next moment.
        var answers = await AskAllAsync(instances, cancellationToken);
        var founder = Instance.FounderOf(instances);
        var first = answers.First(answer => answer.Node.Id == founder?.Id);
        return first.Report is { } report ? await key.FreeAsync(cluster, first.Node, report, found, cancellationToken) : new BootstrapSight($"{first.Node.Member}: {first.Reason}");
    }

    /// <inheritdoc/>
    public async Task<Succession> FindSuccessionAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance primary, CancellationToken cancellationToken) =>
        (await new SuccessionKeys(patroni, builder).LookAsync(cluster, instances, primary, cancellationToken)).Succession;

    /// <inheritdoc/>
    public async Task<bool> HasSucceededAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance primary, CancellationToken cancellationToken) =>
        await new SuccessionKeys(patroni, builder).FindAnswerableAsync(cluster, instances, cancellationToken) == primary.Member;

    /// <inheritdoc/>
    public Task<bool?> IsCountedOnAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance node, Instance primary, CancellationToken cancellationToken) =>
        new SuccessionKeys(patroni, builder).IsNamedAsync(cluster, instances, node, primary, cancellationToken);

    /// <inheritdoc/>
    public async Task<ImmutableArray<LeadChange>?> FindHistoryAsync(Cluster cluster, IReadOnlyList<Instance> instances, int timeline, CancellationToken cancellationToken)
    {
        // All are asked: one that says less than it should does not speak for the others.
        var answers = await Task.WhenAll(instances.Where(instance => instance.Kind == InstanceKind.Etcd).Select(ReadAsync));
        return answers.Where(answer => answer is not null).MaxBy(answer => answer!.Value.LastOrDefault()?.Timeline ?? 1);

        async Task<ImmutableArray<LeadChange>?> ReadAsync(Instance member)
        {
            if (patroni.FindPatroni(member.HostId) is not { } agent)
                return null;
            try
            {
                if (await agent.FindEtcdKeyAsync(member.Id, PatroniKeys.History(cluster.Id), PatroniHistory.LengthMax, cancellationToken) is not { } key)
                    return [];
                // What is later than what the engine says of itself is invented.
                return PatroniHistory.Parse(key.Value) is { } changes ? [.. changes.Where(change => change.Timeline <= timeline)] : null;
            }
            catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsReachable(Instance node) => patroni.FindPatroni(node.HostId) is not null;

    /// <inheritdoc/>
    public Task<string> HandOverAsync(Cluster cluster, Instance primary, Instance? target, CancellationToken cancellationToken) =>
        ChangeAsync(primary, agent => agent.SwitchoverAsync(InstanceTarget.Of(cluster, primary), primary.Member, target?.Member ?? "", cancellationToken));

    /// <inheritdoc/>
    public Task<string> RestartAsync(Cluster cluster, Instance node, CancellationToken cancellationToken) =>
        ChangeAsync(node, agent => agent.RestartPostgresAsync(InstanceTarget.Of(cluster, node), cancellationToken));

    /// <summary>Has a node's Patroni do something, and returns the words with which it refuses.</summary>
    private async Task<string> ChangeAsync(Instance node, Func<IPatroniAgent, Task> change)
    {
        try
        {
            await change(patroni.FindPatroni(node.HostId) ?? throw new AgentUnavailableException("the host has no link"));
            return "";
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.PatroniRefused)
        {
            return exception.Message;
        }
    }

    /// <summary>
    /// By itself the primary's Patroni looks every few seconds (loop_wait), and a new cluster waits for just that several times: for the slots that its replicas stream from, and
    /// for the confirmations of commits. It decides nothing else than it would have decided then.
    /// </summary>
    public async Task WakeAsync(Cluster cluster, Instance primary, CancellationToken cancellationToken)
    {
        if (patroni.FindPatroni(primary.HostId) is not { } agent)
            return;
        try
        {
            await agent.WakePatroniAsync(InstanceTarget.Of(cluster, primary), cancellationToken);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            // Its next turn comes without us.
        }
    }

    /// <summary>What a node has told, where it still holds.</summary>
    private PatroniReport? ToldBy(Instance node)
    {
        var host = fleet.Host(node.HostId);
        var isHeard = host.LastSeenAt is { } at && (timeProvider.GetUtcNow() - at).Duration() <= _heardFor;
        return host.IsCurrent && isHeard ? host.Reports.GetValueOrDefault(node.Id) as PatroniReport : null;
    }

    private static NodeSight.Kind SightOf(PatroniReport report) => report.SelfIsLeader ? NodeSight.Kind.Leads : NodeSight.Kind.Follows;

    private Task<Answer[]> AskAllAsync(IReadOnlyList<Instance> instances, CancellationToken cancellationToken) =>
        Task.WhenAll(instances.Where(instance => instance.Kind == InstanceKind.Postgres).Select(node => AskAsync(node, cancellationToken)));

    private async Task<Answer> AskAsync(Instance node, CancellationToken cancellationToken)
    {
        if (patroni.FindPatroni(node.HostId) is not { } agent)
            return new Answer(node, null, NodeSight.Kind.OutOfSight, $"its host is out of reach ({fleet.Host(node.HostId).StateReason})");
        try
        {
            var report = await agent.GetPatroniClusterAsync(node.Id, cancellationToken);
            return new Answer(node, report, SightOf(report), "");
        }
        catch (AgentUnavailableException exception)
        {
            return new Answer(node, null, NodeSight.Kind.OutOfSight, $"its agent does not answer ({exception.Message})");
        }
        catch (AgentRefusedException exception)
        {
            // The agent is there. Without its Docker Engine it does not know of the node either.
            return new Answer(node, null, exception.Reason == ErrorReasons.DockerUnreachable ? NodeSight.Kind.OutOfSight : NodeSight.Kind.Silent, exception.Message);
        }
    }

    private sealed record Answer(Instance Node, PatroniReport? Report, NodeSight.Kind Sight, string Reason);
}
