using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>
/// The statements that make the application's role and database. Each can run twice. Names were checked to be plain identifiers when the cluster was asked for.
/// </summary>
public static class BootstrapSql
{
    /// <summary>Makes the role, or gives it this password.</summary>
    public static string Owner(EffectiveSpec spec, string scramVerifier) =>
        $"""
        DO $body$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{spec.Owner}') THEN
                CREATE ROLE "{spec.Owner}" LOGIN;
            END IF;
        END
        $body$;
        ALTER ROLE "{spec.Owner}" PASSWORD '{scramVerifier}';
        """;

    /// <summary>A row when the database is there.</summary>
    public static string DatabaseExists(EffectiveSpec spec) => $"SELECT 1 FROM pg_catalog.pg_database WHERE datname = '{spec.Database}'";

    /// <summary>Makes the database; cannot run in a transaction.</summary>
    public static string Database(EffectiveSpec spec) => $"CREATE DATABASE \"{spec.Database}\" OWNER \"{spec.Owner}\"";

    /// <summary>Run in the new database: the extension for statement statistics, and its schema for the owner alone.</summary>
    public static string InDatabase(EffectiveSpec spec) =>
        $"""
        CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
        REVOKE CONNECT, TEMPORARY ON DATABASE "{spec.Database}" FROM PUBLIC;
        """;
}
