using System.Text.Json.Nodes;
using Agents.Words;

namespace Agents.Testing.Engines;

/// <summary>The configuration of a Patroni node in tests: small, quick, and with the same TLS, HBA and ident lines as the product's.</summary>
internal static class PatroniTemplate
{
    private const string Files = "/etc/agents";

    /// <summary>The configuration, as JSON.</summary>
    public static string Of(string address, IEnumerable<EngineContainer> etcd, EngineContainer node) => new JsonObject
    {
        ["scope"] = "demo",
        ["namespace"] = "/agents/",
        ["name"] = node.Member,
        ["restapi"] = new JsonObject
        {
            ["listen"] = $"0.0.0.0:{node.Ports[PortNames.PatroniRest]}",
            ["connect_address"] = $"{address}:{node.Ports[PortNames.PatroniRest]}",
            ["certfile"] = $"{Files}/server.crt",
            ["keyfile"] = $"{Files}/server.key",
            ["cafile"] = $"{Files}/ca.crt",
            ["verify_client"] = "optional",
        },
        ["ctl"] = new JsonObject { ["cacert"] = $"{Files}/ca.crt", ["certfile"] = $"{Files}/server.crt", ["keyfile"] = $"{Files}/server.key" },
        ["etcd3"] = new JsonObject
        {
            ["hosts"] = new JsonArray([.. etcd.Select(member => (JsonNode)$"{address}:{member.Ports[PortNames.EtcdClient]}")]),
            ["protocol"] = "https",
            ["cacert"] = $"{Files}/ca.crt",
            ["cert"] = $"{Files}/server.crt",
            ["key"] = $"{Files}/server.key",
        },
        ["bootstrap"] = Bootstrap(),
        ["postgresql"] = Postgres(address, node),
    }.ToJsonString();

    private static JsonObject Bootstrap() => new()
    {
        ["dcs"] = new JsonObject
        {
            ["ttl"] = 20,
            ["loop_wait"] = 2,
            ["retry_timeout"] = 7,
            ["failsafe_mode"] = true,
            ["postgresql"] = new JsonObject
            {
                ["use_pg_rewind"] = true,
                ["use_slots"] = true,
                ["parameters"] = new JsonObject { ["shared_buffers"] = "32MB", ["wal_log_hints"] = "on", ["shared_preload_libraries"] = "pg_stat_statements" },
            },
        },
        ["initdb"] = new JsonArray(new JsonObject { ["encoding"] = "UTF8" }, new JsonObject { ["locale"] = "C" }, "data-checksums"),
    };

    private static JsonObject Postgres(string address, EngineContainer node) => new()
    {
        ["listen"] = $"0.0.0.0:{node.Ports[PortNames.Postgres]}",
        ["connect_address"] = $"{address}:{node.Ports[PortNames.Postgres]}",
        ["data_dir"] = "/var/lib/postgresql/data",
        ["bin_dir"] = "/usr/lib/postgresql/17/bin",
        ["pgpass"] = "/run/postgresql/.pgpass",
        ["use_unix_socket"] = true,
        ["authentication"] = new JsonObject
        {
            ["superuser"] = new JsonObject { ["username"] = "postgres" },
            ["replication"] = Role("replicator"),
            ["rewind"] = Role("rewind"),
        },
        ["basebackup"] = new JsonArray(new JsonObject { ["checkpoint"] = "fast" }),
        ["parameters"] = new JsonObject
        {
            ["unix_socket_directories"] = "/run/postgresql",
            ["ssl"] = "on",
            ["ssl_ca_file"] = $"{Files}/ca.crt",
            ["ssl_cert_file"] = $"{Files}/server.crt",
            ["ssl_key_file"] = $"{Files}/server.key",
        },
        ["pg_hba"] = new JsonArray(
            "local all postgres peer map=agents", "hostssl replication replicator all scram-sha-256", "hostssl postgres rewind all scram-sha-256", "host all all all reject"),
        ["pg_ident"] = new JsonArray("agents postgres postgres", "agents root postgres"),
    };

    private static JsonObject Role(string name) =>
        new() { ["username"] = name, ["password"] = $"{name} of a test", ["sslmode"] = "verify-ca", ["sslrootcert"] = $"{Files}/ca.crt" };
}
