using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Domain.Tests.Planning;

/// <summary>What a failover needs to know outlives the controller to the last tick: by less a life is not told from another.</summary>
public sealed class FailoverArgumentsTests
{
    [Fact]
    public void Parse_Written_IsTheSame()
    {
        var arguments = new FailoverArguments(
            new InstanceId(Guid.NewGuid()), new ContainerLife("6fe9f788", new DateTimeOffset(638_000_000_000_000_001, TimeSpan.Zero), new DateTimeOffset(638_000_000_000_000_002, TimeSpan.Zero)), 7);

        Assert.Equal(arguments, FailoverArguments.Parse(arguments.ToJson()));
    }

    [Fact]
    public void Parse_WrittenBeforeTimelinesWereNoted_KnowsNone()
    {
        var (from, to) = (new InstanceId(Guid.NewGuid()), new InstanceId(Guid.NewGuid()));

        Assert.Equal(new SwitchoverArguments(from, to), SwitchoverArguments.Parse($$"""{"from":"{{from}}","to":"{{to}}"}"""));
        Assert.Equal(new SwitchoverArguments(from, null, 3), SwitchoverArguments.Parse(new SwitchoverArguments(from, null, 3).ToJson()));
    }
}
