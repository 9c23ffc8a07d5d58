using Agents.Cli.Model;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>Deleted clusters that can come back, and what is kept of one.</summary>
internal static class TrashTable
{
    /// <summary>Writes the deleted clusters.</summary>
    public static void Write(Screen screen, IReadOnlyList<Cluster> clusters, DateTimeOffset now)
    {
        if (clusters.Count == 0)
        {
            screen.Hint("nothing lies in the trash");
            return;
        }

        var table = TableOf.Columns("NAME", "ID", "DELETED", "PURGED", "VOLUMES", "WAITS");
        foreach (var cluster in clusters)
        {
            table.AddRow(
                Cell.Of(cluster.Name),
                Cell.Of(cluster.Id),
                Cell.Of(When.Ago(cluster.DeletedAt, now)),
                Cell.Of(PurgeOf(cluster)),
                Cell.Of(string.Join(", ", (cluster.Trash ?? new()).Volumes.Select(volume => $"{volume.Host}: {volume.Name} ({volume.Role})"))),
                Cell.Of(string.Join("; ", (cluster.Trash ?? new()).Volumes.Select(volume => volume.Trouble).Append((cluster.Trash ?? new()).Gone).Where(trouble => trouble.Length > 0).Distinct())));
        }

        screen.Write(table);
        screen.Hint("bring one back: agentctl postgres cluster undelete ID");
    }

    /// <summary>Writes what is kept of one.</summary>
    public static void WriteOne(Screen screen, Cluster cluster, DateTimeOffset now)
    {
        screen.Write(TableOf.Pairs(
            ("Cluster", Cell.Of($"{cluster.Name} (project {cluster.Project}, id {cluster.Id})")),
            ("Phase", Cell.State(cluster.Status.Phase)),
            ("Deleted", Cell.Of(When.Ago(cluster.DeletedAt, now))),
            ("Purged", Cell.Of(PurgeOf(cluster)))));
        if (cluster.Trash is { Gone.Length: > 0 } lost)
        {
            screen.Line(Text.Plain(lost.Gone));
            return;
        }

        screen.Line("");
        screen.Line("VOLUMES");
        screen.Write(VolumesOf(cluster.Trash ?? new()));
        screen.Hint($"bring it back: agentctl postgres cluster undelete {cluster.Id}");
    }

    private static Table VolumesOf(Trash trash)
    {
        var table = TableOf.Columns("NODE", "HOST", "ROLE", ">TIMELINE", "LSN", "WAITS");
        foreach (var volume in trash.Volumes)
        {
            table.AddRow(
                Cell.Of(volume.Name),
                Cell.Of(volume.Host),
                Cell.State(volume.Role),
                Cell.Of(volume.Timeline == 0 ? "" : Text.Invariant($"{volume.Timeline}")),
                Cell.Of(volume.Lsn),
                Cell.Of(volume.Trouble));
        }

        return table;
    }

    private static string PurgeOf(Cluster cluster) => cluster.Trash is { Gone.Length: > 0 } ? "data gone" : cluster.Trash?.PurgeAt is { } time ? Text.Invariant($"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
}
