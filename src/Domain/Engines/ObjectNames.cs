using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Model;
using Agents.Words;

namespace Agents.Domain.Engines;

/// <summary>Names and labels of what stands on hosts: deterministic, so that making a thing twice meets the same thing.</summary>
public static class ObjectNames
{
    /// <summary>The network of a cluster, one on each of its hosts.</summary>
    public static string NetworkOf(ClusterId cluster) => $"iaas-cluster-{cluster.Value:N}";

    /// <summary>The word for a kind in labels and records.</summary>
    public static string KindOf(InstanceKind kind) => kind switch
    {
        InstanceKind.Postgres => InstanceKinds.Postgres,
        InstanceKind.Etcd => InstanceKinds.Etcd,
        _ => InstanceKinds.Haproxy,
    };

    /// <summary>The labels of what belongs to a cluster as a whole.</summary>
    public static ImmutableSortedDictionary<string, string> LabelsOf(string storeId, ClusterId cluster) => ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal, [KeyValuePair.Create(ObjectLabels.Controller, storeId), KeyValuePair.Create(ObjectLabels.Cluster, cluster.ToString())]);

    /// <summary>The labels of what belongs to an instance.</summary>
    public static ImmutableSortedDictionary<string, string> LabelsOf(string storeId, ClusterId cluster, Instance instance) =>
        LabelsOf(storeId, cluster).AddRange(
        [
            KeyValuePair.Create(ObjectLabels.Instance, instance.Id.ToString()),
            KeyValuePair.Create(ObjectLabels.Kind, KindOf(instance.Kind)),
            KeyValuePair.Create(ObjectLabels.Member, instance.Member),
            .. instance.Ports.Select(port => KeyValuePair.Create(ObjectLabels.PortPrefix + port.Key, port.Value.ToString(CultureInfo.InvariantCulture))),
        ]);
}
