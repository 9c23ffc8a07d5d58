namespace Agents.Agent.Postgres;

/// <summary>
/// What a server is asked about itself. All of it works on a primary and on a replica of PostgreSQL 13 and later; functions that one of them refuses stand behind a CASE,
/// which evaluates only the branch that it takes.
/// </summary>
internal static class ServerStatsSql
{
    /// <summary>
    /// The server: one row. The timeline of a replica is the newest that it knows of: its receiver's, that of the end of recovery, or its last checkpoint's.
    /// </summary>
    public const string Server =
        """
        WITH server AS MATERIALIZED (
            SELECT recovering,
                   CASE WHEN recovering THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS position,
                   CASE WHEN recovering THEN pg_last_wal_receive_lsn() END AS received
            FROM pg_is_in_recovery() AS recovering)
        SELECT split_part(current_setting('server_version'), ' ', 1),
               recovering,
               CASE WHEN recovering
                    THEN GREATEST((SELECT received_tli FROM pg_stat_wal_receiver), (pg_control_recovery()).min_recovery_end_timeline, (pg_control_checkpoint()).timeline_id)
                    ELSE ('x' || left(pg_walfile_name(position), 8))::bit(32)::int END,
               COALESCE(position - '0/0', 0)::bigint,
               COALESCE(received - '0/0', 0)::bigint,
               CASE WHEN recovering AND (received > position) IS NOT FALSE
                    THEN GREATEST(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000000, 0)::bigint END,
               (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint,
               (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int,
               current_setting('max_connections')::int
        FROM server
        """;

    /// <summary>The replicas that stream from it.</summary>
    public const string Replication =
        """
        SELECT application_name, state, sync_state,
               GREATEST(COALESCE(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END - replay_lsn, 0), 0)::bigint,
               (extract(epoch FROM replay_lag) * 1000000)::bigint
        FROM pg_stat_replication
        ORDER BY application_name, pid
        """;

    /// <summary>The slots that were given up because they held back too much.</summary>
    public const string LostSlots = "SELECT slot_name FROM pg_replication_slots WHERE wal_status = 'lost' ORDER BY slot_name";

    /// <summary>The databases that people use.</summary>
    public const string Databases =
        """
        SELECT datname, COALESCE(pg_database_size(pg_database.oid), 0)::bigint, COALESCE(xact_commit, 0)::bigint, COALESCE(xact_rollback, 0)::bigint
        FROM pg_database JOIN pg_stat_database USING (datname)
        WHERE NOT datistemplate
        ORDER BY datname
        """;
}
