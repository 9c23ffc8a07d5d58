using System.Collections.Immutable;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The ports that instances take on their hosts: one port of a host is one instance's.</summary>
internal static class InstancePortTable
{
    /// <summary>Takes the ports of an instance.</summary>
    public static void Take(SqliteConnection connection, Instance instance)
    {
        foreach (var (name, port) in instance.Ports)
        {
            var taken = connection.Execute(
                "INSERT OR IGNORE INTO instance_ports (host_id, port, instance_id, name) VALUES ($host_id, $port, $instance_id, $name)",
                ("host_id", instance.HostId.ToString()),
                ("port", port),
                ("instance_id", instance.Id.ToString()),
                ("name", name));
            if (taken == 0)
                throw new PlacementTakenException($"port {port} of host {instance.HostId} was taken by another plan");
        }
    }

    /// <summary>The ports of the instances that a condition names, by instance.</summary>
    public static Dictionary<InstanceId, ImmutableSortedDictionary<string, int>> List(
        SqliteConnection connection, string where, ReadOnlySpan<(string Name, object? Value)> parameters) =>
        connection.Query(
                $"SELECT instance_id, name, port FROM instance_ports WHERE instance_id IN (SELECT id FROM instances {where})",
                row => (Instance: InstanceId.Parse(row.GetText("instance_id")), Name: row.GetText("name"), Port: row.GetInt("port")),
                parameters)
            .GroupBy(port => port.Instance)
            .ToDictionary(group => group.Key, group => group.ToImmutableSortedDictionary(port => port.Name, port => port.Port, StringComparer.Ordinal));
}
