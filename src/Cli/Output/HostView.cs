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
            ("Certificate until", Cell.Of(When.At(host.CertificateNotAfter))),
            .. host.Facts is { } facts ? LinesOf(facts) : [],
        ];
        screen.Write(TableOf.Pairs([.. lines]));
        if (host.Warnings.Count > 0)
            screen.Line("");
        foreach (var warning in host.Warnings)
            screen.Line(Text.Plain($"warning: {warning}"));
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
