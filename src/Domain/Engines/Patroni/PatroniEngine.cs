using System.Collections.Immutable;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>Patroni with etcd and HAProxy.</summary>
internal sealed class PatroniEngine : IEngine
{
    /// <inheritdoc/>
    public Engine Engine => Engine.Patroni;

    /// <inheritdoc/>
    public string Word => "patroni";

    /// <inheritdoc/>
    public string Revision => PatroniRevision1.Name;

    /// <inheritdoc/>
    public int CoordinatorCount => 3;

    /// <inheritdoc/>
    public ImmutableArray<IEngine.Part> PartsOf(EffectiveSpec spec) =>
    [
        new(InstanceKind.Postgres, spec.NodeCount),
        new(InstanceKind.Etcd, spec.CoordinatorCount),
        new(InstanceKind.Haproxy, spec.ProxyCount),
    ];

    /// <inheritdoc/>
    public ImmutableArray<string> StepsOf(string operationKind) => operationKind switch
    {
        OperationKinds.PostgresClusterCreate =>
        [
            StepNames.Place,
            StepNames.MakeSecrets,
            StepNames.LoadImages,
            PatroniSteps.StartEtcd,
            StepNames.CreateContainers,
            // Before the nodes: a Patroni that finds no leader of etcd looks again only after five seconds.
            PatroniSteps.EtcdQuorum,
            // All before there is any data: the first node makes it, the others are started when it leads, and the application's role cannot log in until the last thing of all is noted.
            StepNames.StartFirst,
            StepNames.Bootstrap,
            StepNames.Open,
            StepNames.Converge,
            StepNames.SecureCommits,
        ],
        OperationKinds.PostgresClusterDelete =>
            [StepNames.StopProxies, StepNames.NotePositions, StepNames.StopNodes, PatroniSteps.StopEtcd, StepNames.RemoveContainers, StepNames.RemoveData],
        OperationKinds.PostgresClusterReplaceMember =>
            [PatroniSteps.RemoveMember, PatroniSteps.PlaceMember, StepNames.MakeSecrets, PatroniSteps.AddMember, PatroniSteps.PromoteMember],
        OperationKinds.PostgresClusterFailover => [StepNames.FencePrimary, PatroniSteps.TakeLead, StepNames.AwaitPrimary, StepNames.ReleasePrimary, StepNames.SecureCommits],
        OperationKinds.PostgresClusterSwitchover => [StepNames.Checkpoint, StepNames.HandOver, StepNames.Converge, StepNames.SecureCommits],
        OperationKinds.PostgresClusterRestart =>
            [StepNames.RestartReplicas, StepNames.Checkpoint, StepNames.HandOver, StepNames.RestartPrimary, StepNames.Converge, StepNames.SecureCommits],
        OperationKinds.PostgresClusterAddNodes =>
            [StepNames.Place, StepNames.MakeSecrets, StepNames.LoadImages, StepNames.CreateNodes, StepNames.JoinProxies, StepNames.StartNodes, StepNames.Converge, StepNames.SecureCommits],
        OperationKinds.PostgresClusterRemoveNodes => [StepNames.LeaveProxies, StepNames.StopLeaving, StepNames.RemoveNodes],
        OperationKinds.PostgresClusterStop => [StepNames.StopProxies, StepNames.NotePositions, StepNames.StopNodes, PatroniSteps.StopEtcd],
        // Who took the writes has all of them, and the others follow it at once: whoever else came first would take the lead, and it would have to be wound back.
        OperationKinds.PostgresClusterStart =>
            [PatroniSteps.StartEtcd, StepNames.CreateContainers, PatroniSteps.EtcdQuorum, StepNames.StartPrimary, StepNames.Start, StepNames.Converge, StepNames.SecureCommits],
        OperationKinds.PostgresClusterUndelete =>
        [
            StepNames.MakeSecrets,
            StepNames.LoadImages,
            PatroniSteps.StartEtcd,
            StepNames.CreateContainers,
            PatroniSteps.EtcdQuorum,
            // The former primary alone, until it leads; then the others follow it.
            StepNames.AdoptData,
            StepNames.Start,
            StepNames.Converge,
            StepNames.SecureCommits,
        ],
        _ => [],
    };

    /// <summary>What etcd holds it holds several times. A node is made anew by Patroni itself, from its primary; that is not asked for here.</summary>
    public string? ReplacementOf(InstanceKind kind) => kind == InstanceKind.Etcd ? OperationKinds.PostgresClusterReplaceMember : null;

    /// <inheritdoc/>
    public ImmutableArray<InstanceBlueprint> Build(ClusterBlueprintInput input) => input.Cluster.Revision switch
    {
        PatroniRevision1.Name => PatroniRevision1.Build(input),
        _ => throw new NotSupportedException($"this version does not know the revision \"{input.Cluster.Revision}\" of cluster {input.Cluster.Name}: run the version that made it, or a later one"),
    };
}
