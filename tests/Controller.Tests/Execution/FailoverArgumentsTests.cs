using Agents.Controller.Execution;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Tests.Execution;

/// <summary>What a failover needs to know outlives the controller to the last tick: by less a life is not told from another.</summary>
public sealed class FailoverArgumentsTests
{
    [Fact]
    public void Parse_Written_IsTheSame()
    {
        var arguments = new FailoverArguments(
            new InstanceId(Guid.NewGuid()), new ContainerLife("6fe9f788", new DateTimeOffset(638_000_000_000_000_001, TimeSpan.Zero), new DateTimeOffset(638_000_000_000_000_002, TimeSpan.Zero)));

        Assert.Equal(arguments, FailoverArguments.Parse(arguments.ToJson()));
    }
}
