using Agents.Protocol;
using Agents.V1;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Agent.Tests.Services;

/// <summary>Durations and times that are none.</summary>
public sealed class TimeFieldsTests
{
    [Theory]
    [InlineData(315_576_000_000, 999_999_999, true)]
    [InlineData(-1, -5, true)]
    [InlineData(315_576_000_001, 0, false)]
    [InlineData(0, 1_000_000_000, false)]
    [InlineData(1, -1, false)]
    [InlineData(long.MinValue, 0, false)]
    public void Violations_Duration_AreThoseThatNobodyCanConvert(long seconds, int nanos, bool isOne)
    {
        var request = new FenceRequest { Duration = new Duration { Seconds = seconds, Nanos = nanos } };

        Assert.Equal(isOne ? [] : ["duration"], TimeFields.Violations(request).Select(violation => violation.Field));
    }

    [Theory]
    [InlineData(253_402_300_799, 999_999_999, true)]
    [InlineData(-62_135_596_800, 0, true)]
    [InlineData(253_402_300_800, 0, false)]
    [InlineData(0, -1, false)]
    public void Violations_TimeAtAnyDepth_IsNamedByItsPath(long seconds, int nanos, bool isOne)
    {
        var message = new ListPostgresClustersResponse { Clusters = { new PostgresCluster(), new PostgresCluster { Trash = new() { PurgeAt = new() { Seconds = seconds, Nanos = nanos } } } } };

        Assert.Equal(isOne ? [] : ["clusters[1].trash.purge_at"], TimeFields.Violations(message).Select(violation => violation.Field));
    }
}
