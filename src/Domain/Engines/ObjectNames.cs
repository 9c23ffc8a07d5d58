using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Model;
using Agents.Words;

namespace Agents.Domain.Engines;

/// <summary>Names and labels of what stands on hosts: deterministic, so that making a thing twice meets the same thing.</summary>
public static class ObjectNames
{
    /// <summary>The network of a resource, one on each of its hosts.</summary>
    public static string NetworkOf(ResourceRef owner) => owner.Type switch
    {
        ResourceType.PostgresCluster => $"iaas-cluster-{owner.Id:N}",
        ResourceType.PostgresServer => $"iaas-server-{owner.Id:N}",
        ResourceType.Nginx => $"iaas-nginx-{owner.Id:N}",
    };

    /// <summary>The labels of what belongs to a resource as a whole.</summary>
    public static ImmutableSortedDictionary<string, string> LabelsOf(string storeId, ResourceRef owner)
    {
        var labels = ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal, [KeyValuePair.Create(ObjectLabels.Controller, storeId), KeyValuePair.Create(ObjectLabels.Owner, owner.ToString())]);
        return owner.Type == ResourceType.PostgresCluster ? labels.Add(ObjectLabels.Cluster, owner.ClusterId.ToString()) : labels;
    }

    /// <summary>The labels of what belongs to an instance.</summary>
    public static ImmutableSortedDictionary<string, string> LabelsOf(string storeId, Instance instance) =>
        LabelsOf(storeId, instance.Owner).AddRange(
        [
            KeyValuePair.Create(ObjectLabels.Instance, instance.Id.ToString()),
            KeyValuePair.Create(ObjectLabels.Kind, instance.Profile.Word),
            KeyValuePair.Create(ObjectLabels.Member, instance.Member),
            .. instance.Ports.Select(port => KeyValuePair.Create(ObjectLabels.PortPrefix + port.Key, port.Value.ToString(CultureInfo.InvariantCulture))),
        ]);

    /// <summary>The labels of one of an instance's volumes.</summary>
    public static ImmutableSortedDictionary<string, string> LabelsOf(string storeId, Instance instance, string volume) =>
        LabelsOf(storeId, instance).Add(ObjectLabels.Purpose, volume == instance.DataVolume ? ObjectLabels.DataPurpose : ObjectLabels.ConfigurationPurpose);
}
