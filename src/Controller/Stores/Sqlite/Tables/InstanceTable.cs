using System.Collections.Immutable;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The instances, with the ports and the network that each takes on its host.</summary>
internal static class InstanceTable
{
    private const string Columns =
        "id, owner, host_id, kind, ordinal, member, cluster_address, client_address, subnet, generation, initialised, power, revision, image_label, config_hash, placement_reason";

    /// <summary>The instances of a resource, by kind and ordinal.</summary>
    public static IReadOnlyList<Instance> List(SqliteConnection connection, ResourceRef owner) =>
        Select(connection, "WHERE owner = $owner", [("owner", owner.ToString())]);

    /// <summary>All instances, by owner, kind and ordinal.</summary>
    public static IReadOnlyList<Instance> List(SqliteConnection connection) => Select(connection, "", []);

    /// <summary>Adds an instance and takes its ports and its network.</summary>
    public static void Add(SqliteConnection connection, Instance instance)
    {
        connection.Execute(
            $"""
            INSERT INTO instances ({Columns})
            VALUES ($id, $owner, $host_id, $kind, $ordinal, $member, $cluster_address, $client_address, $subnet, $generation, $initialised, $power, $revision, $image_label, $config_hash, $placement_reason)
            """,
            Parameters(instance));
        InstancePortTable.Take(connection, instance);
        NetworkTable.Take(connection, instance);
    }

    /// <summary>Replaces an instance. Its owner, its host, its ports and its subnet are fixed.</summary>
    public static void Update(SqliteConnection connection, Instance instance)
    {
        var changed = connection.Execute(
            """
            UPDATE instances
            SET kind = $kind, ordinal = $ordinal, member = $member, cluster_address = $cluster_address, client_address = $client_address, generation = $generation,
                initialised = $initialised, power = $power, revision = $revision, image_label = $image_label, config_hash = $config_hash, placement_reason = $placement_reason
            WHERE id = $id AND owner = $owner AND host_id = $host_id AND subnet = $subnet
            """,
            Parameters(instance));
        if (changed != 1)
            throw new InvalidOperationException($"instance {instance.Id} is not in the store, or its owner, host or subnet was to be changed");
    }

    /// <summary>Removes an instance; its ports are free again, and the network when it was the resource's last there.</summary>
    public static void Remove(SqliteConnection connection, InstanceId id)
    {
        connection.Execute("DELETE FROM instances WHERE id = $id", ("id", id.ToString()));
        NetworkTable.FreeUnused(connection);
    }

    private static List<Instance> Select(SqliteConnection connection, string where, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var ports = InstancePortTable.List(connection, where, parameters);
        var instances = connection.Query($"SELECT {Columns} FROM instances {where}", row => Read(row, ports), parameters);
        // Kinds sort as the model orders them, not by their words.
        return [.. instances.OrderBy(instance => instance.Owner.ToString(), StringComparer.Ordinal).ThenBy(instance => instance.Kind).ThenBy(instance => instance.Ordinal)];
    }

    private static (string Name, object? Value)[] Parameters(Instance instance) =>
    [
        ("id", instance.Id.ToString()),
        ("owner", instance.Owner.ToString()),
        ("host_id", instance.HostId.ToString()),
        ("kind", SqliteWords<InstanceKind>.Of(instance.Kind)),
        ("ordinal", instance.Ordinal),
        ("member", instance.Member),
        ("cluster_address", instance.ClusterAddress),
        ("client_address", instance.ClientAddress),
        ("subnet", instance.Subnet),
        ("generation", instance.Generation),
        ("initialised", instance.Initialised),
        ("power", SqliteWords<InstancePower>.Of(instance.Power)),
        ("revision", instance.Revision),
        ("image_label", instance.ImageLabel),
        ("config_hash", instance.ConfigHash),
        ("placement_reason", instance.PlacementReason),
    ];

    private static Instance Read(SqliteDataReader row, IReadOnlyDictionary<InstanceId, ImmutableSortedDictionary<string, int>> ports)
    {
        var id = InstanceId.Parse(row.GetText("id"));
        return new Instance
        {
            Id = id,
            Owner = ResourceRef.Parse(row.GetText("owner")),
            HostId = HostId.Parse(row.GetText("host_id")),
            Kind = SqliteWords<InstanceKind>.Parse(row.GetText("kind")),
            Ordinal = row.GetInt("ordinal"),
            Member = row.GetText("member"),
            ClusterAddress = row.GetText("cluster_address"),
            ClientAddress = row.GetText("client_address"),
            Ports = ports.TryGetValue(id, out var own) ? own : ImmutableSortedDictionary<string, int>.Empty,
            Subnet = row.GetText("subnet"),
            Generation = row.GetLong("generation"),
            Initialised = row.GetFlag("initialised"),
            Power = SqliteWords<InstancePower>.Parse(row.GetText("power")),
            Revision = row.GetText("revision"),
            ImageLabel = row.GetText("image_label"),
            ConfigHash = row.GetText("config_hash"),
            PlacementReason = row.GetText("placement_reason"),
        };
    }
}
