namespace Agents.Agent.Engines.Etcd;

/// <summary>The alarms among a member's errors.</summary>
internal static class EtcdAlarm
{
    private const string Mark = " alarm:";

    /// <summary>"NOSPACE" of "memberID:123 alarm:NOSPACE "; other errors as they are.</summary>
    public static string NameOf(string error)
    {
        var at = error.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? error : error[(at + Mark.Length)..].Trim();
    }
}
