using System.Globalization;
using System.Text.Json.Nodes;
using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>PostgreSQL's parameters.</summary>
internal static class PostgresParameters
{
    private const long Mebibyte = 1024 * 1024;
    private const long Gibibyte = 1024 * Mebibyte;

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
        // WAL must not fill the disk: what writing makes of it between two checkpoints (a soft limit), and what is kept for replicas that stay away, are shares of it.
        ["max_wal_size"] = Megabytes(Math.Min(spec.DiskBytes / 10, 16 * Gibibyte)),
        ["max_slot_wal_keep_size"] = Megabytes(Math.Min(spec.DiskBytes / 5, 64 * Gibibyte)),
        ["wal_keep_size"] = Megabytes(Math.Clamp(spec.DiskBytes / 80, 16 * Mebibyte, Gibibyte)),
        // A replica that is refused once, as right after a failover, does not wait for 5 s to ask again.
        ["wal_retrieve_retry_interval"] = "1s",
        ["archive_mode"] = "on",
        ["archive_command"] = "agents-archive \"%p\" \"%f\"",
        ["shared_preload_libraries"] = "pg_stat_statements",
        ["shared_buffers"] = Megabytes(spec.MemoryBytes / 4),
        ["effective_cache_size"] = Megabytes(spec.MemoryBytes / 4 * 3),
        ["maintenance_work_mem"] = Megabytes(Math.Clamp(spec.MemoryBytes / 16, 16 * Mebibyte, Gibibyte)),
        ["password_encryption"] = "scram-sha-256",
        // A client that is gone without a word, behind a NAT that forgot it or on a host without power, is noticed within two minutes, also while a statement runs.
        ["tcp_keepalives_idle"] = 60,
        ["tcp_keepalives_interval"] = 10,
        ["tcp_keepalives_count"] = 6,
        ["tcp_user_timeout"] = "60s",
        ["client_connection_check_interval"] = "10s",
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
        ["ssl_cert_file"] = $"{Paths.Config}/server.crt",
        ["ssl_key_file"] = $"{Paths.Config}/server.key",
        ["ssl_min_protocol_version"] = "TLSv1.2",
        ["logging_collector"] = "off",
    };

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebibyte}MB");
}
