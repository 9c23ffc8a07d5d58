using Agents.Cli.Model;
using Agents.Cli.Values;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>One cluster: its nodes with their roles and lags, what is around them, where to connect, and its conditions.</summary>
internal static class ClusterView
{
    /// <summary>Writes the cluster.</summary>
    public static void Write(Screen screen, Cluster cluster, DateTimeOffset now)
    {
        if (cluster.Trash is not null)
        {
            TrashTable.WriteOne(screen, cluster, now);
            return;
        }

        var status = cluster.Status;
        WriteHead(screen, cluster, now);
        Section(screen, "NODES", NodesOf(status));
        Section(screen, "OTHER INSTANCES", InstancesOf(status));
        Section(screen, "ENDPOINTS", EndpointsOf(status));
        Section(screen, "CONDITIONS", ConditionsOf(status));
        Section(screen, "HELD BACK", HeldOf(status, now));
        if (status.ConnectionString.Length > 0)
        {
            screen.Line("");
            screen.Line(Text.Plain(status.ConnectionString));
            screen.Hint($"with the password: agentctl postgres cluster connect {cluster.Name}");
        }
    }

    private static void WriteHead(Screen screen, Cluster cluster, DateTimeOffset now)
    {
        var status = cluster.Status;
        var spec = status.Effective;
        screen.Write(TableOf.Pairs(
            ("Cluster", Cell.Of($"{cluster.Name} (project {cluster.Project}, id {cluster.Id})")),
            ("Phase", Cell.State(status.Phase)),
            ("Engine", Cell.Of($"{spec.Engine}, PostgreSQL {spec.PostgresVersion}, durability {spec.Durability}")),
            ("Made from", Cell.Of($"revision {status.Revision}, images {status.ImageSet}")),
            ("Labels", Cell.Of(LabelText.Show(cluster.Labels))),
            ("Protected", Cell.Of(spec.DeletionProtection == false ? "no" : "yes, from deletion")),
            ("Created", Cell.Of(When.Ago(cluster.CreatedAt, now))),
            ("Observed", Cell.Of(status.ObservedAt is null ? "never" : When.Ago(status.ObservedAt, now)))));
    }

    private static void Section(Screen screen, string title, Table table)
    {
        if (table.Rows.Count == 0)
            return;
        screen.Line("");
        screen.Line(title);
        screen.Write(table);
    }

    private static Table NodesOf(ClusterStatus status)
    {
        var table = TableOf.Columns("NAME", "ROLE", "STATE", "LAG", "SYNC", ">TIMELINE", "HOST", "ADDRESS");
        foreach (var node in status.Nodes)
        {
            table.AddRow(
                Cell.Of(node.Name),
                Cell.State(node.Role),
                Cell.State(node.State),
                Cell.Of(LagText.Of(node)),
                Cell.Of(node.SyncState),
                Cell.Of(node.Timeline == 0 ? "" : Text.Invariant($"{node.Timeline}")),
                Cell.Of(node.Host),
                Cell.Of(node.Address));
        }
        return table;
    }

    private static Table InstancesOf(ClusterStatus status)
    {
        var table = TableOf.Columns("NAME", "KIND", "STATE", "HOST", "ADDRESS");
        foreach (var instance in status.Instances)
            table.AddRow(Cell.Of(instance.Name), Cell.Of(instance.Kind), Cell.State(instance.State), Cell.Of(instance.Host), Cell.Of(instance.Address));
        return table;
    }

    private static Table EndpointsOf(ClusterStatus status)
    {
        var table = TableOf.Columns("ROLE", "ADDRESS");
        foreach (var endpoint in status.Endpoints)
            table.AddRow(Cell.Of(endpoint.Role), Cell.Of(Authority.Of(endpoint)));
        return table;
    }

    private static Table ConditionsOf(ClusterStatus status)
    {
        var table = TableOf.Columns("TYPE", "STATUS", "REASON", "MESSAGE");
        foreach (var condition in status.Conditions)
            table.AddRow(Cell.Of(condition.Type), condition.IsFault ? Cell.Fault(condition.Status) : Cell.State(condition.Status), Cell.Of(condition.Reason), Cell.Of(condition.Message));
        return table;
    }

    private static Table HeldOf(ClusterStatus status, DateTimeOffset now)
    {
        var table = TableOf.Columns("INSTANCE", "REASON", ">SINCE", "MESSAGE");
        foreach (var held in status.Held)
            table.AddRow(Cell.Of(held.Instance.Length == 0 ? "all" : held.Instance), Cell.Of(held.Reason), Cell.Of(When.Age(held.Since, now)), Cell.Of(held.Message));
        return table;
    }
}
