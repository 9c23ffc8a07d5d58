using System.Reflection;
using Agents.Controller.Execution;
using Agents.Protocol;

namespace Agents.Controller.Tests.Execution;

/// <summary>Every refusal of an agent is one for good, in the table, or for now, which was thought of.</summary>
public sealed class RefusalsTests
{
    /// <summary>Reasons that the controller gives to users or to agents that want to join: no agent gives them.</summary>
    private static readonly string[] _notOfAgents =
    [
        "TOKEN_", "CERTIFICATE_", "HOST_UNKNOWN", "HOST_LINKED", "HOST_IN_USE", "DUPLICATE_AGENT", "PROTOCOL_VERSION", "UNAUTHENTICATED", "PERMISSION_DENIED", "ETAG_", "REQUEST_ID_", "DELETION_PROTECTED",
        "OPERATION_IN_PROGRESS", "NOT_CANCELLABLE", "NOT_IN_TRASH", "NO_PLACEMENT", "BOOTSTRAP_CUT", "OBSERVE_ONLY", "PRIMARY_RUNS", "EXIT_NOT_PROVED", "NO_CANDIDATE", "NOT_STOPPED", "NODES_NEEDED", "HOSTS_AWAY", "RESTART_REFUSED", "NO_PRIMARY", "PAUSED", "SWITCHOVER_PENDING", "SWITCHOVER_REFUSED", "LEAD_ELSEWHERE",
    ];

    /// <summary>What passes by itself: something is busy, starting, or away.</summary>
    private static readonly string[] _forNow =
    [
        ErrorReasons.DockerUnreachable, ErrorReasons.VolumeInUse, ErrorReasons.StaleEpoch, ErrorReasons.Fenced, ErrorReasons.HostDisconnected, ErrorReasons.PostgresUnreachable, ErrorReasons.EtcdUnreachable,
        ErrorReasons.NoQuorum, ErrorReasons.PatroniUnreachable, ErrorReasons.PatroniRefused, ErrorReasons.ProxyUnreachable, ErrorReasons.ProxyRefused, ErrorReasons.EtcdRefused, ErrorReasons.LimitReached, ErrorReasons.Internal,
    ];

    [Fact]
    public void Table_EveryReasonOfAgents_StandsOnce()
    {
        var reasons = typeof(ErrorReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
            .Where(reason => reason != ErrorReasons.Domain && !_notOfAgents.Any(other => reason.StartsWith(other, StringComparison.Ordinal))).ToList();

        Assert.DoesNotContain(reasons, reason => Refusals.ForGood.Contains(reason) == _forNow.Contains(reason));
    }

    [Theory]
    [InlineData(ErrorReasons.SqlFailed, "57P03", true)]
    [InlineData(ErrorReasons.SqlFailed, "53300", true)]
    [InlineData(ErrorReasons.SqlFailed, "40001", true)]
    [InlineData(ErrorReasons.SqlFailed, "55P03", true)]
    [InlineData(ErrorReasons.SqlFailed, "42601", false)]
    [InlineData(ErrorReasons.SqlFailed, "", false)]
    [InlineData(ErrorReasons.PostgresUnreachable, "", true)]
    [InlineData(ErrorReasons.PortTaken, "", false)]
    [InlineData("NOT_MADE_YET", "", true)]
    public void IsForNow_ReasonAndSqlState_AsTheTableSays(string reason, string sqlState, bool isForNow) => Assert.Equal(isForNow, Refusals.IsForNow(reason, sqlState));
}
