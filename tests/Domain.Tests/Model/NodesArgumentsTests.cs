using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Tests.Model;

/// <summary>What is stored of the nodes that a cluster gets or loses.</summary>
public sealed class NodesArgumentsTests
{
    [Fact]
    public void Parse_WhatWasWritten_IsTheSame()
    {
        var (first, second) = (new InstanceId(Guid.NewGuid()), new InstanceId(Guid.NewGuid()));
        var arguments = NodesArguments.Of([first, second]) with { Copies = ImmutableDictionary<InstanceId, int>.Empty.Add(second, 7) };

        var read = NodesArguments.Parse(arguments.ToJson());

        Assert.Equal([first, second], read.Nodes.AsEnumerable());
        Assert.Equal([KeyValuePair.Create(second, 7)], read.Copies);
        Assert.Null(read.Kept);
        Assert.Equal([first], NodesArguments.Parse((arguments with { Kept = [first] }).ToJson()).Kept!.Value.AsEnumerable());
    }
}
