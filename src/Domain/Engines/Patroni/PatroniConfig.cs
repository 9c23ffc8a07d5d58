using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>The configuration of a node, as JSON, which is YAML.</summary>
internal static class PatroniConfig
{
    // Written as plain text into a file, not into a page: nothing but JSON itself needs escaping.
    private static readonly JsonSerializerOptions _format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The configuration file's text.</summary>
    public static string Of(ClusterBlueprintInput input, Instance instance)
    {
        var config = new JsonObject
        {
            ["scope"] = input.Cluster.Id.ToString(),
            ["namespace"] = PatroniKeys.Namespace,
            ["name"] = instance.Member,
            ["restapi"] = RestApi(instance),
            ["ctl"] = new JsonObject
            {
                ["cacert"] = Paths.ServerAuthority,
                ["certfile"] = $"{Paths.Config}/client.crt",
                ["keyfile"] = $"{Paths.Config}/client.key",
            },
            ["etcd3"] = Etcd(input, instance),
            ["postgresql"] = Postgres(input, instance),
        };
        // Who has no orders for it begins no data: the others wait for this one, whatever etcd has lost.
        if (instance.Id == Instance.FounderOf(input.Instances)?.Id)
            config["bootstrap"] = Bootstrap(input.Cluster.Effective);
        // The primary waits for it no more; it is not barred from being chosen where it has what nobody else has.
        if (input.Leaving.Contains(instance.Id))
            config["tags"] = new JsonObject { ["nosync"] = true };
        return config.ToJsonString(_format) + "\n";
    }

    /// <summary>Reading needs no certificate; whatever changes something needs one of the authority of clients.</summary>
    private static JsonObject RestApi(Instance instance) => new()
    {
        ["listen"] = $"0.0.0.0:{instance.Ports["rest"]}",
        ["connect_address"] = Addresses.HostPort(instance.ClusterAddress, instance.Ports["rest"]),
        ["certfile"] = $"{Paths.Config}/server.crt",
        ["keyfile"] = $"{Paths.Config}/server.key",
        ["cafile"] = Paths.ClientAuthority,
        ["verify_client"] = "optional",
    };

    private static JsonObject Etcd(ClusterBlueprintInput input, Instance instance)
    {
        // The member on the node's own host first: it answers when the network does not. The others by address: one that takes another's place on its host is no change.
        var members = input.Instances.Where(candidate => candidate.Kind == InstanceKind.Etcd)
            .OrderBy(member => member.HostId == instance.HostId ? 0 : 1).ThenBy(member => member.ClusterAddress, StringComparer.Ordinal).ThenBy(member => member.Ports["client"]);
        return new JsonObject
        {
            ["hosts"] = new JsonArray([.. members.Select(member => (JsonNode)Addresses.HostPort(member.ClusterAddress, member.Ports["client"]))]),
            ["protocol"] = "https",
            ["cacert"] = Paths.ServerAuthority,
            ["cert"] = $"{Paths.Config}/client.crt",
            ["key"] = $"{Paths.Config}/client.key",
        };
    }

    private static JsonObject Bootstrap(EffectiveSpec spec) => new()
    {
        ["dcs"] = new JsonObject
        {
            ["ttl"] = 20,
            ["loop_wait"] = 5,
            ["retry_timeout"] = 7,
            ["maximum_lag_on_failover"] = PatroniRules.LagMaxBytes,
            ["failsafe_mode"] = true,
            ["primary_start_timeout"] = 60,
            ["check_timeline"] = true,
            ["synchronous_mode"] = SynchronousMode(spec.Durability),
            ["synchronous_mode_strict"] = spec.Durability == Durability.Strict,
            ["synchronous_node_count"] = 1,
            ["postgresql"] = new JsonObject
            {
                ["use_pg_rewind"] = true,
                ["use_slots"] = true,
                ["parameters"] = PostgresParameters.Shared(spec),
            },
        },
        ["initdb"] = new JsonArray(
            new JsonObject { ["encoding"] = spec.Encoding },
            new JsonObject { ["locale-provider"] = "builtin" },
            new JsonObject { ["builtin-locale"] = spec.Locale },
            new JsonObject { ["locale"] = "C" },
            "data-checksums"),
    };

    private static JsonNode SynchronousMode(Durability durability) => durability switch
    {
        Durability.Async => false,
        Durability.Sync => true,
        Durability.Quorum or Durability.Strict => "quorum",
    };

    /// <summary>The superuser has no password: it is reached over the local socket alone, by its own user and by the host's agent.</summary>
    private static JsonObject Postgres(ClusterBlueprintInput input, Instance instance) => new()
    {
        ["listen"] = $"0.0.0.0:{instance.Ports["postgres"]}",
        ["connect_address"] = Addresses.HostPort(instance.ClusterAddress, instance.Ports["postgres"]),
        ["data_dir"] = "/var/lib/postgresql/data",
        ["bin_dir"] = Paths.Binaries(input.Cluster.Effective),
        ["bin_name"] = new JsonObject { ["pg_isready"] = $"{Paths.Config}/{ReadyCheck.File}" },
        ["pgpass"] = "/run/postgresql/.pgpass",
        ["use_unix_socket"] = true,
        ["authentication"] = new JsonObject
        {
            ["superuser"] = new JsonObject { ["username"] = InternalRoles.Superuser },
            ["replication"] = Role(InternalRoles.Replicator, input.Secrets.ReplicationPassword),
            ["rewind"] = Role(InternalRoles.Rewind, input.Secrets.RewindPassword),
        },
        ["basebackup"] = new JsonArray(new JsonObject { ["checkpoint"] = "fast" }),
        ["parameters"] = PostgresParameters.OfNode(),
        ["pg_hba"] = Hba(),
        ["pg_ident"] = new JsonArray(["agents postgres postgres", "agents root postgres"]),
    };

    /// <summary>Who comes in. The system's own roles have one way each, its own databases are nobody else's, and nothing is taken without TLS.</summary>
    private static JsonArray Hba() =>
    [
        $"local all {InternalRoles.Superuser} peer map=agents",
        "local all all reject",
        $"hostssl replication {InternalRoles.Replicator} all scram-sha-256",
        $"hostssl postgres {InternalRoles.Rewind} all scram-sha-256",
        $"host all {InternalRoles.Superuser},{InternalRoles.Replicator},{InternalRoles.Rewind} all reject",
        "host postgres,template0,template1 all all reject",
        "hostssl all all all scram-sha-256",
    ];

    private static JsonObject Role(string name, string password) => new()
    {
        ["username"] = name,
        ["password"] = password,
        ["sslmode"] = "verify-full",
        ["sslrootcert"] = Paths.ServerAuthority,
    };
}
