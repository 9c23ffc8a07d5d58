using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>
/// The statements that make the application's role and database, all run in "postgres". Each can run twice. Names were checked to be plain identifiers when the cluster was
/// asked for. The role cannot log in until <see cref="Open"/>: so proxies may run before, and still nobody writes what is not noted as data yet.
/// </summary>
public static class BootstrapSql
{
    /// <summary>Makes the role, without a way in.</summary>
    public static string Owner(EffectiveSpec spec) =>
        $"""
        DO $body$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{spec.Owner}') THEN
                CREATE ROLE "{spec.Owner}" NOLOGIN;
            END IF;
        END
        $body$;
        """;

    /// <summary>A row when the database is there.</summary>
    public static string DatabaseExists(EffectiveSpec spec) => $"SELECT 1 FROM pg_catalog.pg_database WHERE datname = '{spec.Database}'";

    /// <summary>Makes the database; cannot run in a transaction.</summary>
    public static string Database(EffectiveSpec spec) => $"CREATE DATABASE \"{spec.Database}\" OWNER \"{spec.Owner}\"";

    /// <summary>
    /// Leaves the database to its owner, and the system's own to nobody but the system. The extension for statement statistics sees all databases from "postgres"; in the
    /// application's it would be an object that its owner can neither dump nor restore.
    /// </summary>
    public static string Closed(EffectiveSpec spec) =>
        $"""
        CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
        REVOKE CONNECT, TEMPORARY ON DATABASE "{spec.Database}", postgres, template1 FROM PUBLIC;
        GRANT CONNECT ON DATABASE postgres TO {InternalRoles.Rewind};
        """;

    /// <summary>Lets the role in with this password: from here on there may be data.</summary>
    public static string Open(EffectiveSpec spec, string scramVerifier) => $"ALTER ROLE \"{spec.Owner}\" LOGIN PASSWORD '{scramVerifier}'";
}
