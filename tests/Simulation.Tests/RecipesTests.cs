using Agents.Controller.Execution;
using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Simulation.Tests;

/// <summary>What becomes of operations whose steps fail.</summary>
public sealed class RecipesTests
{
    [Fact]
    public async Task WhenAStepFails_OnlyADelete_HoldsItsCluster()
    {
        var simulation = await Simulation.StartAsync();
        var kinds = typeof(OperationKinds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Where(kind => !EngineTable.Of(Engine.Patroni).StepsOf(kind).IsEmpty).ToList();

        var ends = kinds.ToDictionary(kind => kind, kind => simulation.Controller.Recipes.Of(kind, Engine.Patroni));

        Assert.Equal([OperationKinds.PostgresClusterDelete], ends.Where(end => end.Value.WhenAStepFails == OperationRecipe.Failing.HoldUntilDone).Select(end => end.Key));
        Assert.All(ends.Values, recipe => Assert.Equal(recipe.WhenAStepFails == OperationRecipe.Failing.Undo, recipe.Undo is not null));
        Assert.True(ends.Count >= 4, string.Join(", ", ends.Keys));
    }
}
