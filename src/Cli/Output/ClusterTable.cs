using Agents.Cli.Model;
using Agents.Cli.Values;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>Clusters as a table.</summary>
internal static class ClusterTable
{
    private const string DefaultProject = "default";

    /// <summary>Writes the clusters.</summary>
    public static void Write(Screen screen, IReadOnlyList<Cluster> clusters, DateTimeOffset now)
    {
        if (clusters.Count == 0)
        {
            screen.Hint("there are no clusters yet: make one with \"agentctl postgres cluster create NAME\"");
            return;
        }
        var table = TableOf.Columns("NAME", "ENGINE", ">NODES", "PHASE", "PRIMARY", "LAG", "ENDPOINTS", ">AGE");
        foreach (var cluster in clusters)
        {
            var status = cluster.Status;
            table.AddRow(
                Cell.Of(NameOf(cluster)),
                Cell.Of(status.Effective.Engine),
                Cell.Of(CountOf(status)),
                Cell.State(status.Phase),
                Cell.Of(status.Nodes.FirstOrDefault(node => node.Role == "primary")?.Name),
                Cell.Of(LargestLagOf(status)),
                Cell.Of(EndpointsOf(status)),
                Cell.Of(When.Age(cluster.CreatedAt, now)));
        }
        screen.Write(table);
    }

    private static string NameOf(Cluster cluster) => cluster.Project is "" or DefaultProject ? cluster.Name : $"{cluster.Project}/{cluster.Name}";

    private static string CountOf(ClusterStatus status) =>
        Text.Invariant($"{status.Nodes.Count(node => node.State is "running" or "streaming")}/{status.Effective.NodeCount ?? status.Nodes.Count}");

    // Of the replica that is the furthest behind.
    private static string LargestLagOf(ClusterStatus status) =>
        status.Nodes.Where(node => node.LagBytes is not null).MaxBy(node => node.LagBytes) is { } node ? LagText.Of(node) : "";

    private static string EndpointsOf(ClusterStatus status)
    {
        var writable = status.Endpoints.Where(endpoint => endpoint.Role == ClusterStatus.Endpoint.ReadWrite).ToList();
        return writable.Count switch
        {
            0 => "",
            1 => Authority.Of(writable[0]),
            _ => Text.Invariant($"{Authority.Of(writable[0])} +{writable.Count - 1}"),
        };
    }
}
