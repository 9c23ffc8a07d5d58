using Agents.Domain.Engines;
using Agents.Domain.Kinds;

namespace Agents.Domain.Tests.Engines;

/// <summary>What is configured while nodes are about to go, and while they have no data yet.</summary>
public sealed class LeavingBlueprintTests
{
    [Fact]
    public void Build_ANodeIsAboutToGo_ThePrimaryWaitsForItNoMore_AndNobodyReadsThere()
    {
        var input = Blueprints.Input();
        var leaving = input.Instances.Single(instance => instance.Member == "demo-3");

        var blueprints = Revisions.Build(input with { Leaving = [leaving.Id] });

        Assert.Equal(["demo-3"], blueprints.Where(blueprint => TextOf(blueprint, "patroni.yml").Contains("\"nosync\": true", StringComparison.Ordinal)).Select(blueprint => blueprint.Instance.Member));
        var proxy = blueprints.First(blueprint => blueprint.Instance.Kind == InstanceKind.Haproxy);
        Assert.Equal(["demo-1 id 1", "demo-2 id 2", "demo-3 id 3", "demo-1 id 1", "demo-2 id 2"], ServersOf(proxy)); // The ids of those that stay stay.
        Assert.Equal(["read_write 1 demo-1", "read_write 2 demo-2", "read_write 3 demo-3", "read_only 1 demo-1", "read_only 2 demo-2"], StatesOf(proxy));
    }

    [Theory]
    [InlineData(0, "/replica")] // A new cluster: nobody reads yet.
    [InlineData(1, "/read-only")]
    [InlineData(2, "/replica")]
    public void Build_SoManyHaveTheData_ThePrimaryServesReadsAsLongAsItIsAlone(int count, string path)
    {
        var input = Blueprints.Input();
        input = input with { Instances = [.. input.Instances.Select(instance => instance with { Initialised = instance.Profile.IsNode && instance.Ordinal <= count })] };

        Assert.Contains($"option httpchk OPTIONS {path}\n", TextOf(Revisions.Build(input).First(blueprint => blueprint.Instance.Kind == InstanceKind.Haproxy), "haproxy.cfg"), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OneStays_ThePrimaryServesReads()
    {
        var input = Blueprints.Input();
        input = input with { Instances = [.. input.Instances.Select(instance => instance with { Initialised = true })], Leaving = [.. input.Instances.Where(instance => instance.Profile.IsNode && instance.Ordinal > 1).Select(instance => instance.Id)] };

        Assert.Contains("option httpchk OPTIONS /read-only\n", TextOf(Revisions.Build(input).First(blueprint => blueprint.Instance.Kind == InstanceKind.Haproxy), "haproxy.cfg"), StringComparison.Ordinal);
    }

    private static string TextOf(InstanceBlueprint blueprint, string path) => blueprint.Files.FirstOrDefault(file => file.Path == path)?.Content ?? "";

    private static IEnumerable<string> ServersOf(InstanceBlueprint proxy) => TextOf(proxy, "haproxy.cfg").Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is ["server", ..]).Select(words => $"{words[1]} id {words[4]}");

    private static IEnumerable<string> StatesOf(InstanceBlueprint proxy) => TextOf(proxy, "servers.state").Split('\n').Select(line => line.Split(' ')).Where(words => words.Length > 4).Select(words => $"{words[1]} {words[2]} {words[3]}");
}
