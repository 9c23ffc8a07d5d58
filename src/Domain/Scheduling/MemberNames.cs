using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>The names of instances in their engines. Ordinals are never used twice, so neither are names.</summary>
public static class MemberNames
{
    /// <summary>As "demo-1", "demo-etcd-4", "demo-proxy-7".</summary>
    public static string Of(string cluster, InstanceKind kind, int ordinal) => kind switch
    {
        InstanceKind.Postgres => string.Create(CultureInfo.InvariantCulture, $"{cluster}-{ordinal}"),
        InstanceKind.Etcd => string.Create(CultureInfo.InvariantCulture, $"{cluster}-etcd-{ordinal}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{cluster}-proxy-{ordinal}"),
    };
}
