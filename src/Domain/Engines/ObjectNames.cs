using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>Names and labels of what stands on hosts: deterministic, so that making a thing twice meets the same thing.</summary>
public static class ObjectNames
{
    /// <summary>The network of a cluster, one on each of its hosts.</summary>
    public static string NetworkOf(ClusterId cluster) => $"iaas-cluster-{cluster.Value:N}";

    /// <summary>The word for a kind in labels and records.</summary>
    public static string KindOf(InstanceKind kind) => kind switch
    {
        InstanceKind.Postgres => "postgres",
        InstanceKind.Etcd => "etcd",
        _ => "haproxy",
    };

    /// <summary>The labels of what belongs to a cluster as a whole.</summary>
    public static ImmutableSortedDictionary<string, string> LabelsOf(string storeId, ClusterId cluster) => ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal, [KeyValuePair.Create("agents.controller", storeId), KeyValuePair.Create("agents.cluster", cluster.ToString())]);

    /// <summary>The labels of what belongs to an instance.</summary>
    public static ImmutableSortedDictionary<string, string> LabelsOf(string storeId, ClusterId cluster, Instance instance) =>
        LabelsOf(storeId, cluster).AddRange(
        [
            KeyValuePair.Create("agents.instance", instance.Id.ToString()),
            KeyValuePair.Create("agents.kind", KindOf(instance.Kind)),
            KeyValuePair.Create("agents.member", instance.Member),
            .. instance.Ports.Select(port => KeyValuePair.Create($"agents.port.{port.Key}", port.Value.ToString(CultureInfo.InvariantCulture))),
        ]);
}
