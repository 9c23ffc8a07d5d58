using System.Globalization;
using System.Text.Json.Nodes;
using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>PostgreSQL's parameters.</summary>
internal static class PostgresParameters
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Those that all nodes share: in the engine's dynamic configuration.</summary>
    public static JsonObject Shared(EffectiveSpec spec) => new()
    {
        ["max_connections"] = 200,
        ["max_worker_processes"] = 16,
        ["max_wal_senders"] = 20,
        ["max_replication_slots"] = 20,
        ["max_prepared_transactions"] = 0,
        ["max_locks_per_transaction"] = 64,
        ["wal_level"] = "logical",
        ["hot_standby"] = "on",
        ["wal_log_hints"] = "on",
        ["wal_keep_size"] = "128MB",
        // A replica that stays away must not fill the primary's disk.
        ["max_slot_wal_keep_size"] = Megabytes(Math.Clamp(spec.DiskBytes / 4, 1024 * Mebibyte, 64 * 1024 * Mebibyte)),
        // A replica that is refused once, as right after a failover, does not wait for 5 s to ask again.
        ["wal_retrieve_retry_interval"] = "1s",
        ["archive_mode"] = "on",
        ["archive_command"] = "agents-archive \"%p\" \"%f\"",
        ["shared_preload_libraries"] = "pg_stat_statements",
        ["shared_buffers"] = Megabytes(spec.MemoryBytes / 4),
        ["effective_cache_size"] = Megabytes(spec.MemoryBytes / 4 * 3),
        ["maintenance_work_mem"] = Megabytes(Math.Clamp(spec.MemoryBytes / 16, 16 * Mebibyte, 1024 * Mebibyte)),
        ["password_encryption"] = "scram-sha-256",
        ["track_io_timing"] = "on",
        ["log_checkpoints"] = "on",
        ["log_lock_waits"] = "on",
        ["log_autovacuum_min_duration"] = "10s",
        ["log_line_prefix"] = "%m [%p] %q%u@%d ",
    };

    /// <summary>Those that are each node's own: in its file.</summary>
    public static JsonObject OfNode() => new()
    {
        ["unix_socket_directories"] = "/run/postgresql",
        ["ssl"] = "on",
        ["ssl_ca_file"] = $"{Paths.Config}/ca.crt",
        ["ssl_cert_file"] = $"{Paths.Config}/server.crt",
        ["ssl_key_file"] = $"{Paths.Config}/server.key",
        ["ssl_min_protocol_version"] = "TLSv1.2",
        ["logging_collector"] = "off",
    };

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebibyte}MB");
}
