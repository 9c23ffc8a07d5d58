using Agents.Controller.Execution.Steps;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>The operations that there are, each as a table of steps. The names of the steps of an operation are fixed when it is asked for.</summary>
internal sealed class Recipes
{
    private readonly Dictionary<string, OperationRecipe> _recipes;

    /// <summary>Puts the recipes together.</summary>
    public Recipes(IStore store, IFleetView fleet, FirstSight firstSight, PortProbe probe, ClusterVault vault, InstanceBuilder builder, ClusterRemover remover, ClusterObserver observer)
    {
        var leaders = new LeaderFinder(builder);
        var waker = new PatroniWaker(builder);
        var note = new DataNote(store);
        var create = new OperationRecipe(
            OperationKinds.PostgresClusterCreate,
            [
                new PlaceStep(store, fleet, firstSight, probe),
                new SecretsStep(vault),
                new ImagesStep(store, builder),
                new StartEtcdStep(builder),
                new CreateContainersStep(builder),
                new StartStep(builder, InstanceKind.Postgres, "start nodes"),
                // Before there is anything behind them: the application's role cannot log in until the last thing of all is noted.
                new StartStep(builder, InstanceKind.Haproxy, "start proxies"),
                new QuorumStep(builder),
                new BootstrapStep(note, builder, leaders, waker),
                new OpenStep(builder, leaders, vault),
                new ConvergeStep(note, builder, leaders, waker),
                new SecureStep(observer, waker),
            ],
            new UndoCreateStep(new RemoveDataStep(store, remover, alwaysPurge: true)),
            (writer, context) => SetLifecycle(writer, context, ClusterLifecycle.Active));
        var delete = new OperationRecipe(
            OperationKinds.PostgresClusterDelete,
            [
                new StopStep(remover, InstanceKind.Haproxy, "stop proxies"),
                new StopStep(remover, InstanceKind.Postgres, "stop nodes"),
                new StopStep(remover, InstanceKind.Etcd, "stop etcd"),
                new RemoveContainersStep(remover),
                new RemoveDataStep(store, remover, alwaysPurge: false),
            ],
            Undo: null,
            (writer, context) => SetLifecycle(writer, context, ClusterLifecycle.Deleted));
        _recipes = new[] { create, delete }.ToDictionary(recipe => recipe.Kind, StringComparer.Ordinal);
    }

    /// <summary>The recipe of a kind of operation.</summary>
    public OperationRecipe Of(string kind) =>
        _recipes.TryGetValue(kind, out var recipe) ? recipe : throw new InvalidOperationException($"this version knows no operation \"{kind}\"");

    /// <summary>Lets go of the cluster and says what it has become.</summary>
    public static void SetLifecycle(IStoreWriter writer, StepContext context, ClusterLifecycle lifecycle)
    {
        var cluster = Invariant.NotNull(writer.FindCluster(context.Cluster.Id), "the cluster of an open operation exists");
        Invariant.Require(
            writer.UpdateCluster(cluster with { Lifecycle = lifecycle, HeldBy = null }, cluster.Generation), "a cluster does not change within one transaction");
    }
}
