using Xunit.Abstractions;

namespace Agents.Simulation.Tests;

/// <summary>
/// The controller dies at every point of every operation, before and after each commit and each mutation of a host, and another one goes on: in the end the world and the
/// store are as after an uninterrupted run. A failure names the point.
/// </summary>
[Trait("Category", "Simulation")]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int PairCount = 150;

    /// <summary>The names of the scenarios.</summary>
    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Run_KilledAtEveryPoint_EndsAsIfItHadNotBeen(string name)
    {
        var scenario = Scenario.Of(name);
        var (expected, pointCount) = await ReferenceAsync(scenario);
        var failures = new List<string>();

        for (var point = 1; point <= pointCount; point++)
            await CheckAsync(scenario, expected, failures, point);

        output.WriteLine($"{name}: {pointCount} kill points");
        Assert.True(failures.Count == 0, $"{failures.Count} of {pointCount} points fail, the first ones:\n{string.Join("\n\n", failures.Take(3))}");
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Run_KilledTwice_EndsAsIfItHadNotBeen(string name)
    {
        var scenario = Scenario.Of(name);
        var (expected, pointCount) = await ReferenceAsync(scenario);
        var failures = new List<string>();

        for (var seed = 1; seed <= PairCount; seed++)
        {
            var random = new Random(seed);
            await CheckAsync(scenario, expected, failures, random.Next(1, pointCount + 1), random.Next(1, pointCount + 1));
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {PairCount} pairs fail, the first ones:\n{string.Join("\n\n", failures.Take(3))}");
    }

    /// <summary>The points are counted, not guessed: every mutation that the audit knows is two of them.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Run_Uninterrupted_EveryMutationIsTwoPoints(string name)
    {
        var simulation = await Simulation.StartAsync();
        await Scenario.Of(name).Prepare(simulation);
        await simulation.ReplaceControllerAsync();
        await Scenario.Of(name).Request(simulation);
        var (audited, refused, committed) = (simulation.Fleet.Audit.Count, simulation.Fleet.RefusalCount, simulation.Store.CommitCount);
        var passed = simulation.Controller.Process.PointCount;
        await simulation.RunAsync();

        var ownCommits = simulation.Store.CommitCount - committed - simulation.CancelCount;
        var mutations = simulation.Fleet.Audit.Count - audited;
        // A refused one is one point: nothing was done.
        Assert.Equal((2 * (ownCommits + mutations)) + simulation.Fleet.RefusalCount - refused, simulation.Controller.Process.PointCount - passed);
    }

    private static async Task<(WorldText Expected, int PointCount)> ReferenceAsync(Scenario scenario)
    {
        var simulation = await scenario.RunAsync();
        await simulation.AssertSoundAsync(scenario.Name);
        return (await WorldText.OfAsync(simulation), simulation.Controller.Process.PointCount);
    }

    private static async Task CheckAsync(Scenario scenario, WorldText expected, List<string> failures, params IReadOnlyList<int> points)
    {
        try
        {
            var simulation = await scenario.RunAsync(points);
            var hint = $"{scenario.Name}, killed at {simulation.Deaths}";
            var actual = await WorldText.OfAsync(simulation);
            await simulation.AssertSoundAsync(hint);
            if (actual != expected)
                failures.Add($"{hint}\n{Difference(expected, actual)}");
        }
        catch (Exception exception) when (exception is Xunit.Sdk.XunitException or InvalidOperationException)
        {
            failures.Add($"{scenario.Name}, points {string.Join(", ", points)}: {exception.Message}");
        }
    }

    private static string Difference(WorldText expected, WorldText actual)
    {
        string[] wanted = [.. expected.Fleet.Split('\n'), .. expected.Store.Split('\n')];
        string[] found = [.. actual.Fleet.Split('\n'), .. actual.Store.Split('\n')];
        return string.Join('\n', wanted.Except(found).Select(line => $"- {line}").Concat(found.Except(wanted).Select(line => $"+ {line}")));
    }
}
