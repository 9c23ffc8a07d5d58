using System.Diagnostics;
using Xunit.Abstractions;

namespace Agents.Functional.Tests.Lab;

/// <summary>A network that loses every packet, without a reset, and heals.</summary>
[Trait("Category", "Lab")]
public sealed class LinkPartitionTests(ITestOutputHelper output) : LinkLabFixture
{
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan ReadyAgain = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task Link_PacketsDropped_IsReadyWithin3SecondsOfHealing(int seconds)
    {
        await Network.DropPacketsAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds));

        await Network.HealAsync();
        var healed = Stopwatch.GetTimestamp();
        await Links.WaitUntilReadyAsync(Controller.Links, Session);

        var ready = Stopwatch.GetElapsedTime(healed);
        output.WriteLine($"dropped for {seconds} s: ready {ready.TotalSeconds:F2} s after healing");
        Assert.True(ready <= ReadyAgain, $"ready after {ready}");
    }

    [Fact]
    public async Task Link_PacketsDropped_ControllerNotices()
    {
        await Network.DropPacketsAsync();
        var dropped = Stopwatch.GetTimestamp();

        await Links.WaitUntilDownAsync(Session);

        var noticed = Stopwatch.GetElapsedTime(dropped);
        output.WriteLine($"controller noticed after {noticed.TotalSeconds:F2} s");
        Assert.True(noticed <= Noticed, $"noticed after {noticed}");
    }
}
