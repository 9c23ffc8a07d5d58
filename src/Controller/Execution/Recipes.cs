using System.Collections.Frozen;
using Agents.Controller.Execution.Engines;
using Agents.Controller.Execution.Steps;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Execution;

/// <summary>
/// The operations that there are, for each engine. Which steps an operation has, and in which order, the engine says when it is asked for; here stands what each does: the steps
/// that all engines have, and those of the engine's driver.
/// </summary>
internal sealed class Recipes
{
    private static readonly string[] _ofActive =
        [OperationKinds.PostgresClusterReplaceMember, OperationKinds.PostgresClusterSwitchover, OperationKinds.PostgresClusterStop, OperationKinds.PostgresClusterStart];

    private readonly Dictionary<(string Kind, Engine Engine), OperationRecipe> _recipes = [];

    /// <summary>Puts the recipes together. Throws when an engine has a step that nobody does.</summary>
    public Recipes(
        IStore store, IAgents agents, IFleetView fleet, FirstSight firstSight, PlaceStep place, ClusterVault vault, InstanceBuilder builder, ImageDelivery images,
        ClusterRemover remover, ClusterObserver observer, EngineDrivers drivers, ProxyTeller proxies, TimeProvider timeProvider)
    {
        var (removal, reconfiguration) = (new NodeRemoval(store, remover), new Reconfiguration(store, builder, fleet, firstSight));
        var drain = new ReadDrain(builder, reconfiguration);
        var (note, primaryNote, restarts) = (new DataNote(store), new PrimaryNote(store, agents), new Restarts(builder, timeProvider));
        foreach (var driver in drivers.All)
        {
            var toTrash = new RemoveDataStep(store, remover, alwaysPurge: false, timeProvider);
            IReadOnlyList<IOperationStep> steps =
            [
                place,
                new SecretsStep(vault, remover),
                new ImagesStep(store, images),
                new CreateContainersStep(builder),
                .. StartStep.All(builder),
                new BootstrapStep(note, builder, driver, timeProvider),
                new OpenStep(builder, driver, vault, proxies),
                new AdoptStep(note, builder, driver),
                new ConvergeStep(note, primaryNote, builder, driver, timeProvider),
                new SecureStep(observer, driver),
                new StartPrimaryStep(builder, driver, primaryNote, proxies, timeProvider),
                new StopStep(remover, StepNames.StopProxies, kind => kind.IsEntrance),
                new NotePositionsStep(store, agents, fleet, firstSight, driver),
                new StopStep(remover, StepNames.StopNodes, kind => kind.IsNode, primaryNote),
                new RemoveContainersStep(remover),
                toTrash,
                new EmptyTrashStep(store, agents, fleet, firstSight),
                new RestartReplicasStep(restarts, drain, observer, driver, timeProvider),
                new RestartPrimaryStep(restarts, driver),
                new CreateNodesStep(store, builder, timeProvider),
                new StartNodesStep(builder),
                new JoinProxiesStep(reconfiguration, builder),
                new LeaveProxiesStep(drain, driver, timeProvider),
                new StopLeavingStep(store, builder, new LeavingSight(builder, driver), observer, driver, fleet, firstSight, timeProvider),
                new RemoveNodesStep(store, removal, reconfiguration, builder, observer, timeProvider),
                new CheckpointStep(builder, driver),
                new HandOverStep(driver, observer, drain, proxies, timeProvider),
                new FencePrimaryStep(builder, driver),
                new AwaitPrimaryStep(driver, proxies),
                new ReleasePrimaryStep(builder, driver, timeProvider),
                .. driver.Steps,
            ];
            Add(driver.Engine, OperationKinds.PostgresClusterCreate, steps, new UndoStep(remover, new RemoveDataStep(store, remover, alwaysPurge: true, timeProvider)), ClusterLifecycle.Active, OperationRecipe.Failing.Undo);
            Add(driver.Engine, OperationKinds.PostgresClusterDelete, steps, undo: null, ClusterLifecycle.Deleted, OperationRecipe.Failing.HoldUntilDone);
            // What one of these leaves half done the loop goes on with, or it is asked for again.
            foreach (var kind in _ofActive.Where(kind => !EngineTable.Of(driver.Engine).StepsOf(kind).IsEmpty))
                Add(driver.Engine, kind, steps, undo: null, ClusterLifecycle.Active, OperationRecipe.Failing.EndInFailure);
            AddOfNodes(driver.Engine, steps, removal, builder);
            if (!EngineTable.Of(driver.Engine).StepsOf(OperationKinds.PostgresClusterFailover).IsEmpty)
                Add(
                    driver.Engine, OperationKinds.PostgresClusterFailover, steps, undo: null, ClusterLifecycle.Active, OperationRecipe.Failing.EndInFailure,
                    (context, cancellationToken) => PrimaryFence.ReleaseAsync(context, builder, cancellationToken));
            // What does not come back goes where it was: its data is never removed by that.
            Add(driver.Engine, OperationKinds.PostgresClusterUndelete, steps, toTrash, ClusterLifecycle.Active, OperationRecipe.Failing.Undo);
        }
    }

    /// <summary>The recipe of a kind of operation on a cluster of an engine.</summary>
    public OperationRecipe Of(string kind, Engine engine) =>
        _recipes.TryGetValue((kind, engine), out var recipe) ? recipe : throw new InvalidOperationException($"this version knows no operation \"{kind}\" for this engine");

    /// <summary>Lets go of the cluster and says what it has become.</summary>
    public static void SetLifecycle(IStoreWriter writer, StepContext context, ClusterLifecycle lifecycle, DateTimeOffset now)
    {
        var cluster = Invariant.NotNull(writer.FindCluster(context.Cluster.Id), "the cluster of an open operation exists");
        Invariant.Require(writer.UpdateCluster(cluster.LetGo(lifecycle, now), cluster.Generation), "a cluster does not change within one transaction");
    }

    /// <summary>What changes which nodes serve a cluster, where the engine can do that: however it ends, the proxies know them as they are.</summary>
    private void AddOfNodes(Engine engine, IReadOnlyList<IOperationStep> steps, NodeRemoval removal, InstanceBuilder builder)
    {
        AddOne(OperationKinds.PostgresClusterAddNodes, removal.TakeBackAsync);
        AddOne(OperationKinds.PostgresClusterRemoveNodes, (context, _) => Task.FromResult(context.Present.Count == 0 ? "" : context.Nodes!.Kept is null ? "nothing was removed: what was stopped is started again" : "what stays of them is kept as it was"));
        AddOne(OperationKinds.PostgresClusterRestart, (_, _) => Task.FromResult(""));

        void AddOne(string kind, Func<StepContext, CancellationToken, Task<string>> afterFailure)
        {
            if (!EngineTable.Of(engine).StepsOf(kind).IsEmpty)
                Add(engine, kind, steps, undo: null, ClusterLifecycle.Active, OperationRecipe.Failing.EndInFailure, async (context, cancellationToken) =>
                {
                    var said = await afterFailure(context, cancellationToken);
                    await builder.NoteStaleAsync(context.Cluster.Id, cancellationToken);
                    return said;
                });
        }
    }

    private void Add(Engine engine, string kind, IReadOnlyList<IOperationStep> steps, IOperationStep? undo, ClusterLifecycle lifecycle, OperationRecipe.Failing whenAStepFails,
        Func<StepContext, CancellationToken, Task<string>>? afterFailure = null)
    {
        Invariant.Require(whenAStepFails == OperationRecipe.Failing.Undo == undo is not null, "what is undone, and nothing else, says how");
        var named = steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        var ofPurge = kind == OperationKinds.PostgresClusterDelete ? OperationSteps.OfPurge.Select(step => step.Name) : [];
        var own = EngineTable.Of(engine).StepsOf(kind).Concat(ofPurge)
            .ToFrozenDictionary(name => name, name => Invariant.NotNull(named.GetValueOrDefault(name), $"the step \"{name}\" of {kind} has who does it"), StringComparer.Ordinal);
        _recipes[(kind, engine)] = new OperationRecipe(own, undo, Finish, whenAStepFails, afterFailure);

        void Finish(IStoreWriter writer, StepContext context, DateTimeOffset now)
        {
            SetLifecycle(writer, context, lifecycle, now);
            if (kind == OperationKinds.PostgresClusterRemoveNodes)
                InstanceGenerations.Raise(writer, context.Cluster.Ref, context.IsPresent); // What was to go and stays: a word to stop it that comes late is not obeyed any more.
        }
    }
}
