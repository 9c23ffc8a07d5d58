using System.Collections.Immutable;
using System.Text;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>
/// The configuration of a proxy. Which node takes connections its agent tells it through the runtime socket, as soon as that is known. Beside that it asks each node's Patroni over TLS, now and
/// then, for each such question costs the node a handshake and a thread of Python; and several times a second while something changes, or a connection fails. With agents and controller away the
/// questions alone decide. A connection that is tried in the gap of a failover fails at once (retries 0) instead of hanging, and sessions to a node that is marked down are ended. No node is up
/// before it has said so: by itself HAProxy takes all to be up when it starts, and whoever connects in that moment waits at a node that is not there, for as long as a session may rest.
/// </summary>
internal static class HaproxyConfig
{
    /// <summary>The file's name with the states that the servers have at a start.</summary>
    public const string StateFile = "servers.state";

    /// <summary>Where its runtime socket is, that its agent alone speaks to.</summary>
    public const string RuntimeDirectory = "/run/haproxy";

    private static readonly ImmutableArray<string> _listeners = [KindProfile.ReadWritePort, KindProfile.ReadOnlyPort];

    /// <summary>The configuration file's text.</summary>
    public static string Of(ClusterBlueprintInput input, Instance instance)
    {
        var nodes = NodesOf(input);
        var read = nodes.Where(node => !input.Leaving.Contains(node.Id)).ToHashSet();
        // The primary serves reads as long as it is the only one that has the data: of those that copy it nobody could.
        var readsPrimary = read.Count == 1 || read.Count(node => node.Initialised) == 1;
        var text = new StringBuilder();
        text.Append(
            $$"""
            global
                maxconn 2000
                log stdout format raw local0 notice
                ssl-default-bind-options ssl-min-ver TLSv1.2
                stats socket {{RuntimeDirectory}}/admin.sock mode 600 level admin
                server-state-file {{Paths.Config}}/{{StateFile}}

            defaults
                mode tcp
                log global
                retries 0
                timeout connect 1s
                # A connection may rest for as long as HAProxy can count; whether its other end still lives is asked once a minute.
                timeout client 24d
                timeout server 24d
                timeout client-fin 1m
                timeout server-fin 1m
                timeout check 2s
                load-server-state-from-file global
                option clitcpka
                clitcpka-idle 60s
                clitcpka-intvl 10s
                clitcpka-cnt 6
                option srvtcpka
                srvtcpka-idle 60s
                srvtcpka-intvl 10s
                srvtcpka-cnt 6
                default-server inter 5s fastinter 250ms downinter 2s fall 3 rise 1 observe layer4 error-limit 1 on-error fastinter on-marked-down shutdown-sessions check-ssl verify required ca-file {{Paths.ServerAuthority}}

            """);
        AppendListener(text, _listeners[0], instance.Ports[KindProfile.ReadWritePort], "/primary", nodes, _ => true);
        AppendListener(text, _listeners[1], instance.Ports[KindProfile.ReadOnlyPort], readsPrimary ? "/read-only" : "/replica", nodes, read.Contains);
        AppendStatistics(text, instance.Ports[KindProfile.StatisticsPort], input.Secrets.StatisticsPassword);
        return text.ToString();
    }

    /// <summary>
    /// The states of all servers at a start, in HAProxy's server-state format, version 1: down (operational state 0), with checks that are configured and enabled (6).
    /// The numbers are those that the configuration gives.
    /// </summary>
    public static string StateOf(ClusterBlueprintInput input)
    {
        var text = new StringBuilder("1\n");
        foreach (var (listener, number) in _listeners.Select((listener, index) => (listener, index + 1)))
            foreach (var (node, server) in NodesOf(input).Select((node, index) => (node, index + 1)).Where(entry => number == 1 || !input.Leaving.Contains(entry.node.Id)))
                text.Append($"{number} {listener} {server} {node.Member} {node.ClusterAddress} 0 0 1 1 0 1 0 0 6 0 1 1 - {node.Ports["postgres"]} - 0 {node.Ports["rest"]} - - 0\n");
        return text.ToString();
    }

    private static List<Instance> NodesOf(ClusterBlueprintInput input) => [.. input.Instances.Where(candidate => candidate.Kind == InstanceKind.Postgres)];

    private static void AppendListener(StringBuilder text, string name, int port, string path, IReadOnlyList<Instance> nodes, Func<Instance, bool> isBehind)
    {
        text.Append(
            $"""

            listen {name}
                id {_listeners.IndexOf(name) + 1}
                bind *:{port}
                option httpchk OPTIONS {path}
                http-check expect status 200

            """);
        foreach (var (node, server) in nodes.Select((node, index) => (node, index + 1)).Where(entry => isBehind(entry.node)))
            text.Append($"    server {node.Member} {Addresses.HostPort(node.ClusterAddress, node.Ports["postgres"])} id {server} check port {node.Ports["rest"]} verifyhost {node.Member}\n");
    }

    private static void AppendStatistics(StringBuilder text, int port, string password) => text.Append(
        $"""

        listen statistics
            mode http
            bind *:{port} ssl crt {Paths.Config}/server.pem
            timeout client 10s
            timeout server 10s
            stats enable
            stats uri /
            stats refresh 5s
            stats auth statistics:{password}

        """);
}
