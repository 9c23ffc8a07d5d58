using Agents.Cli.Model;
using Agents.Cli.Values;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>One host with all that is known of it.</summary>
internal static class HostView
{
    /// <summary>Writes the host.</summary>
    public static void Write(Screen screen, Host host, DateTimeOffset now)
    {
        List<(string, Markup)> lines =
        [
            ("Name", Cell.Of(host.Name)),
            ("Id", Cell.Of(host.Id)),
            ("Project", Cell.Of(host.Project)),
            ("State", HostTable.StateOf(host)),
            ("Reason", Cell.Of(host.StateReason)),
            ("Labels", Cell.Of(LabelText.Show(host.Labels))),
            ("Instances", Cell.Of(Text.Invariant($"{host.InstanceCount}"))),
            ("Agent", Cell.Of(host.AgentVersion)),
            ("Joined", Cell.Of(When.Ago(host.EnrolledAt, now))),
            ("Last heard", Cell.Of(When.Ago(host.LastSeenAt, now))),
            ("Certificate until", Cell.Of(HostTable.CertificateOf(host, now) is { Length: > 0 } left ? $"{When.At(host.CertificateNotAfter)} ({left})" : "")),
            .. host.Facts is { } facts ? LinesOf(facts) : [],
        ];
        screen.Write(TableOf.Pairs([.. lines]));
        if (host.Warnings.Count > 0)
            screen.Line("");
        foreach (var warning in host.Warnings)
            screen.Line(Text.Plain($"warning: {warning}"));
        WriteObjects(screen, host, now);
    }

    /// <summary>Writes what is on the host, what belongs to nothing, and what is to be removed.</summary>
    public static void WriteObjects(Screen screen, Host host, DateTimeOffset now)
    {
        Section(screen, "INSTANCES", host.Instances, ["NAME", "KIND", "CLUSTER", "STATE"], instance =>
            [Cell.Of(instance.Name), Cell.Of(instance.Kind), Cell.Of(instance.Resource), Cell.State(instance.State)]);
        Section(screen, "ORPHANS: of no cluster, or no node of one, that the controller knows", host.Orphans, ["NAME", "KIND", "CLUSTER-ID", "DATA"], orphan =>
            [Cell.Of(orphan.Name), Cell.Of(orphan.Kind), Cell.Of(orphan.ResourceId), Cell.Of(orphan.HoldsData ? "may hold data" : "")]);
        Section(screen, "TO BE REMOVED", host.Leftovers, ["NAME", "KIND", ">WHEN", "NOT YET BECAUSE"], leftover =>
            [Cell.Of(leftover.Name), Cell.Of(leftover.Kind), Cell.Of(leftover.NotBefore is { } time && time > now ? $"in {Span.ShowAge(time - now)}" : "now"), Cell.Of(leftover.Trouble)]);
    }

    private static void Section(Screen screen, string title, IReadOnlyList<Host.HostObject> objects, string[] columns, Func<Host.HostObject, Markup[]> rowOf)
    {
        if (objects.Count == 0)
            return;
        screen.Line("");
        screen.Line(title);
        var table = TableOf.Columns(columns);
        foreach (var item in objects)
            table.AddRow(rowOf(item));
        screen.Write(table);
    }

    private static (string, Markup)[] LinesOf(HostFacts facts)
    {
        var docker = facts.Docker;
        return
        [
            ("System", Cell.Of($"{facts.OperatingSystem}, {facts.KernelVersion}, {facts.Architecture}")),
            ("CPUs", Cell.Of(Text.Invariant($"{facts.Cpus}"))),
            ("Memory", Cell.Of($"{ByteSize.Show(facts.MemoryBytes)}, {ByteSize.Show(facts.MemoryAvailableBytes)} available")),
            ("Docker's disk", Cell.Of($"{ByteSize.Show(facts.DiskBytes)}, {ByteSize.Show(facts.DiskFreeBytes)} free")),
            ("Docker Engine", Cell.Of(docker.Reachable ? $"{docker.Version}, API {docker.ApiVersion}, {docker.StorageDriver}" : $"does not answer: {docker.Error}")),
            ("Cluster address", Cell.Of(facts.ClusterAddress)),
            ("Client address", Cell.Of(facts.ClientAddress)),
            ("Ports", Cell.Of(Text.Invariant($"{facts.PortFirst}-{facts.PortLast}"))),
            ("Network pool", Cell.Of(facts.NetworkPool)),
        ];
    }
}
