using Agents.Controller.Application;
using Agents.Protocol;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>Something that is asked for, and what must be there before.</summary>
/// <param name="Name">Its name, in failures.</param>
/// <param name="Prepare">What is there before; not interrupted.</param>
/// <param name="Request">What is asked for.</param>
internal sealed record Scenario(string Name, Func<Simulation, Task> Prepare, Func<Simulation, Task> Request)
{
    /// <summary>All that are interrupted at every point.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("create", _ => Task.CompletedTask, simulation => simulation.RequestCreateAsync()),
        new("create that fails", FailAtEtcdAsync, simulation => simulation.RequestCreateAsync()),
        new("create that is cancelled", CancelAtEtcdAsync, simulation => simulation.RequestCreateAsync()),
        new("delete with purge", simulation => simulation.CreateAsync(), simulation => simulation.RequestDeleteAsync(purge: true)),
        new("delete into the trash", simulation => simulation.CreateAsync(), simulation => simulation.RequestDeleteAsync(purge: false)),
        new("delete with purge and a host away", simulation => simulation.CreateAsync(), simulation => DeleteWithHostAwayAsync(simulation, purge: true)),
        new("delete into the trash with a host away", simulation => simulation.CreateAsync(), simulation => DeleteWithHostAwayAsync(simulation, purge: false)),
        new("undelete", DeleteIntoTheTrashAsync, UndeleteAsync),
        new("nodes added", RemoveNodesAsync, simulation => ScaleAsync(simulation, 1)),
        new("nodes added that cannot be made", RemoveNodesAsync, AddInVainAsync),
        new("nodes removed", simulation => simulation.CreateAsync(), simulation => ScaleAsync(simulation, -1)),
        new("nodes to be removed, one of which leads", simulation => simulation.CreateAsync(), RemoveWhatLeadsAsync),
        new("node removed with its host away", simulation => simulation.CreateAsync(), RemoveWithHostAwayAsync),
    ];

    /// <summary>The scenario of a name.</summary>
    public static Scenario Of(string name) => All.Single(scenario => scenario.Name == name);

    /// <summary>Runs it.</summary>
    /// <param name="killAt">The points at which the first controllers die; none for an uninterrupted run.</param>
    public async Task<Simulation> RunAsync(params IReadOnlyList<int> killAt)
    {
        var simulation = await Simulation.StartAsync();
        await Prepare(simulation);
        await simulation.ReplaceControllerAsync(killAt.Count > 0 ? killAt[0] : 0);
        await Request(simulation);
        if (killAt.Count > 1)
            await KillAgainAsync(simulation, killAt[1]);
        await simulation.RunAsync();
        return simulation;
    }

    /// <summary>Waits for the first death, and lets the next controller die too.</summary>
    private static async Task KillAgainAsync(Simulation simulation, int killAt)
    {
        var lives = simulation.Lives;
        for (var turn = 0; turn < 100 && simulation.Lives == lives; turn++)
            await simulation.TurnAsync();
        simulation.Controller.Process.KillAt = simulation.Controller.Process.PointCount + killAt;
    }

    private static async Task RemoveNodesAsync(Simulation simulation)
    {
        await simulation.CreateAsync();
        await simulation.RequestScaleAsync(-1);
        await simulation.RunAsync();
    }

    /// <summary>Asks for it again until it is begun: a controller that has just started sees no primary.</summary>
    private static async Task ScaleAsync(Simulation simulation, int count)
    {
        for (var turn = 0; turn < 20; turn++)
        {
            try
            {
                await simulation.RequestScaleAsync(count);
                return;
            }
            catch (RefusedException exception) when (exception.Refusal.Reason == ErrorReasons.NoPrimary)
            {
                await simulation.TurnAsync();
            }
        }

        Assert.Fail("no primary is seen after 20 turns");
    }

    private static Task AddInVainAsync(Simulation simulation)
    {
        simulation.Fleet.Refusal = call => call.Method == nameof(FakeAgent.CreateContainerAsync) ? FakeAgentRules.Refused(ErrorReasons.InvalidArgument, "no such runtime") : null;
        return ScaleAsync(simulation, 1);
    }

    private static async Task RemoveWhatLeadsAsync(Simulation simulation)
    {
        await ScaleAsync(simulation, -1);
        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver((await simulation.FindAsync("demo-3")).Instance.Id);
    }

    private static async Task RemoveWithHostAwayAsync(Simulation simulation)
    {
        var (host, container, _) = await simulation.FindAsync("demo-3");
        container.IsFrozen = true;
        simulation.Fleet.LoseLink(host, 60);
        await simulation.TurnsAsync(20);
        await ScaleAsync(simulation, -1);
    }

    /// <summary>Something takes a port of a planned member just before it is started.</summary>
    private static Task FailAtEtcdAsync(Simulation simulation)
    {
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == "StartContainerAsync")
                simulation.Fleet.Host("h3").TakenPorts.Add(20002);
            return null;
        };
        return Task.CompletedTask;
    }

    private static Task CancelAtEtcdAsync(Simulation simulation)
    {
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == "StartContainerAsync")
                simulation.RequestCancelAsync().GetAwaiter().GetResult();
            return null;
        };
        return Task.CompletedTask;
    }

    private static async Task DeleteIntoTheTrashAsync(Simulation simulation)
    {
        await simulation.CreateAsync();
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
    }

    private static async Task UndeleteAsync(Simulation simulation)
    {
        await simulation.TurnsAsync(5); // Until the agents have noticed the controller.
        await simulation.RequestUndeleteAsync();
    }

    private static Task DeleteWithHostAwayAsync(Simulation simulation, bool purge)
    {
        simulation.Fleet.LoseLink(simulation.Fleet.Host("h2"), moments: 12);
        return simulation.RequestDeleteAsync(purge);
    }
}
