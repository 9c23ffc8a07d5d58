using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>For how long a primary may give no answer. Its agent, which alone sees that at once, ends it then; from there on it is a primary whose container has ended.</summary>
public static class HangRules
{
    /// <summary>For how long; zero for ever: also where nobody could take its place without a loss, because commits wait for no replica or the engine is not helped.</summary>
    public static TimeSpan TimeoutOf(Cluster cluster) =>
        cluster.Effective.Durability == Durability.Async || EngineTable.Of(cluster.Effective.Engine).StepsOf(OperationKinds.PostgresClusterFailover).IsEmpty
            ? TimeSpan.Zero
            : cluster.Effective.HangTimeout;
}
