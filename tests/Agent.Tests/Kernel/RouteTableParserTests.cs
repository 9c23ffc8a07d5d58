using System.Net;
using Agents.Agent.Kernel;

namespace Agents.Agent.Tests.Kernel;

/// <summary>The kernel's table of routes.</summary>
public sealed class RouteTableParserTests
{
    [Fact]
    public void Parse_Table_IsAllRoutesButTheDefault()
    {
        const string table = """
            Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
            eth0	00000000	0102A8C0	0003	0	0	0	00000000	0	0	0
            wg0	0000D50A	00000000	0001	0	0	0	0000FFFF	0	0	0
            eth0	0002A8C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
            torn	00

            """;

        Assert.Equal(
            [new UsedRange(IPNetwork.Parse("10.213.0.0/16"), "route wg0"), new UsedRange(IPNetwork.Parse("192.168.2.0/24"), "route eth0")], RouteTableParser.Parse(table));
    }

    [Fact]
    public void Parse_Nothing_IsNothing() => Assert.Empty(RouteTableParser.Parse(""));

    [Fact]
    public void Read_ThisMachine_HasLoopback() =>
        Assert.Contains(new KernelHostRoutes().Read(), used => used.Range.Contains(IPAddress.Loopback) && used.Holder.StartsWith("address ", StringComparison.Ordinal));
}
