using System.Globalization;
using Agents.Cli.Model;
using Agents.Cli.Values;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>Hosts as a table, with what deserves a look below.</summary>
internal static class HostTable
{
    /// <summary>Writes the hosts.</summary>
    public static void Write(Screen screen, IReadOnlyList<Host> hosts, DateTimeOffset now)
    {
        if (hosts.Count == 0)
        {
            screen.Hint("there are no hosts yet: make a token with \"agentctl token create\" and give it to an agent");
            return;
        }
        var table = TableOf.Columns("NAME", "STATE", "ADDRESS", ">CPUS", ">MEMORY", ">FREE-DISK", "DOCKER", ">INSTANCES", "AGENT", ">CERT");
        foreach (var host in hosts)
            table.AddRow(RowOf(host, now));
        screen.Write(table);
        WriteWarnings(screen, hosts);
    }

    /// <summary>The state with what the user did to it.</summary>
    public static Markup StateOf(Host host) => Cell.State(host.State, host.Cordoned ? ",cordoned" : "");

    /// <summary>How long the certificate is good; it is renewed by itself, so that less than ten days are a sign.</summary>
    public static string CertificateOf(Host host, DateTimeOffset now) => (host.RevokedAt, host.CertificateNotAfter - now) switch
    {
        ({ }, _) => "revoked",
        (_, null) => "",
        (_, { } left) when left <= TimeSpan.Zero => "expired",
        (_, { } left) => string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalDays} d"),
    };

    private static Markup[] RowOf(Host host, DateTimeOffset now)
    {
        var facts = host.Facts;
        return
        [
            Cell.Of(host.Name),
            StateOf(host),
            Cell.Of(facts?.ClusterAddress),
            Cell.Of(facts is null ? null : Text.Invariant($"{facts.Cpus}")),
            Cell.Of(facts is null ? null : ByteSize.Show(facts.MemoryBytes)),
            Cell.Of(facts is null ? null : ByteSize.Show(facts.DiskFreeBytes)),
            Cell.Of(facts is null ? null : facts.Docker.Reachable ? facts.Docker.Version : "away"),
            Cell.Of(Text.Invariant($"{host.InstanceCount}")),
            Cell.Of(host.AgentVersion),
            Cell.Of(CertificateOf(host, now)),
        ];
    }

    // Hosts that are alike share a warning.
    private static void WriteWarnings(Screen screen, IReadOnlyList<Host> hosts)
    {
        var groups = hosts.SelectMany(WarningsOf, (host, warning) => (host.Name, Warning: warning)).GroupBy(pair => pair.Warning, pair => pair.Name).ToList();
        if (groups.Count > 0)
            screen.Line("");
        foreach (var group in groups)
            screen.Line(Text.Plain($"warning: {string.Join(", ", group)}: {group.Key}"));
    }

    private static IEnumerable<string> WarningsOf(Host host) => host.StateReason.Length > 0 ? host.Warnings.Prepend($"{host.State}: {host.StateReason}") : host.Warnings;
}
