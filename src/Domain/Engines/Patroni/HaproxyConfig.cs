using System.Text;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>
/// The configuration of a proxy. It asks each node's Patroni over TLS who it is, several times a second while something changes; a connection that is tried in the gap
/// of a failover fails at once (retries 0) instead of hanging, and sessions to a node that is marked down are ended.
/// </summary>
internal static class HaproxyConfig
{
    /// <summary>The configuration file's text.</summary>
    public static string Of(ClusterBlueprintInput input, Instance instance)
    {
        var nodes = input.Instances.Where(candidate => candidate.Kind == InstanceKind.Postgres).ToList();
        var text = new StringBuilder();
        text.Append(
            $$"""
            global
                maxconn 2000
                log stdout format raw local0 notice
                ssl-default-bind-options ssl-min-ver TLSv1.2

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
                option clitcpka
                clitcpka-idle 60s
                clitcpka-intvl 10s
                clitcpka-cnt 6
                option srvtcpka
                srvtcpka-idle 60s
                srvtcpka-intvl 10s
                srvtcpka-cnt 6
                default-server inter 1s fastinter 250ms downinter 250ms fall 3 rise 1 on-marked-down shutdown-sessions check-ssl verify required ca-file {{Paths.ServerAuthority}}

            """);
        AppendListener(text, "read_write", instance.Ports["read_write"], "/primary", nodes);
        AppendListener(text, "read_only", instance.Ports["read_only"], nodes.Count > 1 ? "/replica" : "/read-only", nodes);
        AppendStatistics(text, instance.Ports["statistics"], input.Secrets.StatisticsPassword);
        return text.ToString();
    }

    private static void AppendListener(StringBuilder text, string name, int port, string path, IEnumerable<Instance> nodes)
    {
        text.Append(
            $"""

            listen {name}
                bind *:{port}
                option httpchk OPTIONS {path}
                http-check expect status 200

            """);
        foreach (var node in nodes)
            text.Append($"    server {node.Member} {Addresses.HostPort(node.ClusterAddress, node.Ports["postgres"])} check port {node.Ports["rest"]} verifyhost {node.Member}\n");
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
