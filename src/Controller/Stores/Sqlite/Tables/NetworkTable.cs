using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The networks of resources on hosts: a resource has one on a host, shared by its instances there, and a subnet of a host is one resource's.</summary>
internal static class NetworkTable
{
    /// <summary>Takes the network of an instance's resource on its host; taken already with the same subnet is as well.</summary>
    public static void Take(SqliteConnection connection, Instance instance)
    {
        connection.Execute(
            "INSERT OR IGNORE INTO networks (host_id, subnet, owner) VALUES ($host_id, $subnet, $owner)",
            ("host_id", instance.HostId.ToString()),
            ("subnet", instance.Subnet),
            ("owner", instance.Owner.ToString()));
        var isOurs = connection.Number(
            "SELECT count(*) FROM networks WHERE host_id = $host_id AND subnet = $subnet AND owner = $owner",
            ("host_id", instance.HostId.ToString()),
            ("subnet", instance.Subnet),
            ("owner", instance.Owner.ToString()));
        if (isOurs == 0)
            throw new PlacementTakenException($"subnet {instance.Subnet} of host {instance.HostId} is another resource's, or its own has another subnet there");
    }

    /// <summary>All networks, by host and subnet.</summary>
    public static IReadOnlyList<ResourceNetwork> List(SqliteConnection connection) => connection.Query(
        "SELECT host_id, subnet, owner FROM networks ORDER BY host_id, subnet",
        row => new ResourceNetwork(HostId.Parse(row.GetText("host_id")), row.GetText("subnet"), ResourceRef.Parse(row.GetText("owner"))));

    /// <summary>Frees the networks of resources that have neither an instance left on a host nor a network that is still to be removed there.</summary>
    public static void FreeUnused(SqliteConnection connection) =>
        connection.Execute(
            """
            DELETE FROM networks AS network
            WHERE NOT EXISTS (SELECT 1 FROM instances WHERE instances.owner = network.owner AND instances.host_id = network.host_id)
              AND NOT EXISTS (SELECT 1 FROM leftovers WHERE leftovers.kind = $kind AND leftovers.owner = network.owner AND leftovers.host_id = network.host_id)
            """,
            ("kind", SqliteWords<LeftoverKind>.Of(LeftoverKind.Network)));
}
