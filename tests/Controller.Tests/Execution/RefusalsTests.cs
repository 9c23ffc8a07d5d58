using System.Reflection;
using Agents.Controller.Execution;
using Agents.Protocol;

namespace Agents.Controller.Tests.Execution;

/// <summary>Every refusal of an agent stands in the one table, once.</summary>
public sealed class RefusalsTests
{
    /// <summary>Reasons that the controller gives to users or to agents that want to join: no agent gives them.</summary>
    private static readonly string[] _notOfAgents =
    [
        "TOKEN_", "CERTIFICATE_", "HOST_UNKNOWN", "HOST_LINKED", "HOST_IN_USE", "DUPLICATE_AGENT", "PROTOCOL_VERSION", "UNAUTHENTICATED", "PERMISSION_DENIED", "ETAG_", "REQUEST_ID_", "DELETION_PROTECTED",
        "OPERATION_IN_PROGRESS", "NOT_CANCELLABLE", "NOT_IN_TRASH", "NO_PLACEMENT", "OBSERVE_ONLY",
    ];

    [Fact]
    public void Table_EveryReasonOfAgents_StandsOnce()
    {
        var reasons = typeof(ErrorReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
            .Where(reason => reason != ErrorReasons.Domain && !_notOfAgents.Any(other => reason.StartsWith(other, StringComparison.Ordinal))).ToList();

        Assert.DoesNotContain(reasons, reason => Refusals.ForGood.Contains(reason) == Refusals.ForNow.Contains(reason));
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
