using System.Text.Json;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The hosts. Their certificates stand in <see cref="HostIdentityTable"/>.</summary>
internal static class HostTable
{
    private const string Columns =
        "id, project, name, labels, cluster_address, client_address, port_first, port_last, network_pool, cordoned, generation, enrolled_at";

    /// <summary>A host by id.</summary>
    public static Host? Find(SqliteConnection connection, HostId id) =>
        connection.Find($"SELECT {Columns} FROM hosts WHERE id = $id", Read, ("id", id.ToString()));

    /// <summary>A host by project and name.</summary>
    public static Host? Find(SqliteConnection connection, string project, string name) =>
        connection.Find($"SELECT {Columns} FROM hosts WHERE project = $project AND name = $name", Read, ("project", project), ("name", name));

    /// <summary>A host of a project by one of its addresses.</summary>
    public static Host? FindAt(SqliteConnection connection, string project, string address) => connection.Find(
        $"SELECT {Columns} FROM hosts WHERE project = $project AND $address IN (cluster_address, client_address) LIMIT 1", Read, ("project", project), ("address", address));

    /// <summary>The hosts by project and name.</summary>
    public static IReadOnlyList<Host> List(SqliteConnection connection, string? project) =>
        connection.Query($"SELECT {Columns} FROM hosts WHERE $project IS NULL OR project = $project ORDER BY project, name", Read, ("project", project));

    /// <summary>Adds a host.</summary>
    public static void Add(SqliteConnection connection, Host host)
    {
        if (Find(connection, host.Project, host.Name) is not null)
            throw new NameTakenException("host", host.Name);
        connection.Execute(
            $"""
            INSERT INTO hosts ({Columns})
            VALUES ($id, $project, $name, $labels, $cluster_address, $client_address, $port_first, $port_last, $network_pool, $cordoned, $generation, $enrolled_at)
            """,
            Parameters(host));
    }

    /// <summary>Replaces a host of the expected generation.</summary>
    public static bool Update(SqliteConnection connection, Host host, long expectedGeneration) =>
        connection.Execute(
            """
            UPDATE hosts
            SET project = $project, name = $name, labels = $labels, cluster_address = $cluster_address, client_address = $client_address, port_first = $port_first,
                port_last = $port_last, network_pool = $network_pool, cordoned = $cordoned, generation = $generation, enrolled_at = $enrolled_at
            WHERE id = $id AND generation = $expected
            """,
            [.. Parameters(host), ("expected", expectedGeneration)]) == 1;

    /// <summary>Removes a host.</summary>
    public static void Remove(SqliteConnection connection, HostId id) => connection.Execute("DELETE FROM hosts WHERE id = $id", ("id", id.ToString()));

    private static (string Name, object? Value)[] Parameters(Host host) =>
    [
        ("id", host.Id.ToString()),
        ("project", host.Project),
        ("name", host.Name),
        ("labels", JsonSerializer.Serialize(host.Labels, SqliteJson.Default.LabelSet)),
        ("cluster_address", host.ClusterAddress),
        ("client_address", host.ClientAddress),
        ("port_first", host.PortFirst),
        ("port_last", host.PortLast),
        ("network_pool", host.NetworkPool),
        ("cordoned", host.Cordoned),
        ("generation", host.Generation),
        ("enrolled_at", host.EnrolledAt.ToColumn()),
    ];

    private static Host Read(SqliteDataReader row) => new()
    {
        Id = HostId.Parse(row.GetText("id")),
        Project = row.GetText("project"),
        Name = row.GetText("name"),
        Labels = JsonSerializer.Deserialize(row.GetText("labels"), SqliteJson.Default.LabelSet)!,
        ClusterAddress = row.GetText("cluster_address"),
        ClientAddress = row.GetText("client_address"),
        PortFirst = row.GetInt("port_first"),
        PortLast = row.GetInt("port_last"),
        NetworkPool = row.GetText("network_pool"),
        Cordoned = row.GetFlag("cordoned"),
        Generation = row.GetLong("generation"),
        EnrolledAt = row.GetTime("enrolled_at"),
    };
}
