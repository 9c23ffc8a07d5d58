using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The networks of clusters on hosts: a cluster has one on a host, shared by its instances there, and a subnet of a host is one cluster's.</summary>
internal static class ClusterNetworkTable
{
    /// <summary>Takes the network of an instance's cluster on its host; taken already with the same subnet is as well.</summary>
    public static void Take(SqliteConnection connection, Instance instance)
    {
        connection.Execute(
            "INSERT OR IGNORE INTO cluster_networks (host_id, subnet, cluster_id) VALUES ($host_id, $subnet, $cluster_id)",
            ("host_id", instance.HostId.ToString()),
            ("subnet", instance.Subnet),
            ("cluster_id", instance.ClusterId.ToString()));
        var isOurs = connection.Number(
            "SELECT count(*) FROM cluster_networks WHERE host_id = $host_id AND subnet = $subnet AND cluster_id = $cluster_id",
            ("host_id", instance.HostId.ToString()),
            ("subnet", instance.Subnet),
            ("cluster_id", instance.ClusterId.ToString()));
        if (isOurs == 0)
            throw new PlacementTakenException($"subnet {instance.Subnet} of host {instance.HostId} is another cluster's, or the cluster has another subnet there");
    }

    /// <summary>All networks, by host and subnet.</summary>
    public static IReadOnlyList<ClusterNetwork> List(SqliteConnection connection) => connection.Query(
        "SELECT host_id, subnet, cluster_id FROM cluster_networks ORDER BY host_id, subnet",
        row => new ClusterNetwork(HostId.Parse(row.GetText("host_id")), row.GetText("subnet"), ClusterId.Parse(row.GetText("cluster_id"))));

    /// <summary>Frees the networks of clusters that have neither an instance left on a host nor a network that is still to be removed there.</summary>
    public static void FreeUnused(SqliteConnection connection) =>
        connection.Execute(
            """
            DELETE FROM cluster_networks AS network
            WHERE NOT EXISTS (SELECT 1 FROM instances WHERE instances.cluster_id = network.cluster_id AND instances.host_id = network.host_id)
              AND NOT EXISTS (SELECT 1 FROM leftovers WHERE leftovers.kind = $kind AND leftovers.cluster_id = network.cluster_id AND leftovers.host_id = network.host_id)
            """,
            ("kind", SqliteWords<LeftoverKind>.Of(LeftoverKind.Network)));
}
