using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Engines;

/// <summary>The statements of a bootstrap, which can run twice and hold no password.</summary>
public sealed class BootstrapSqlTests
{
    private static readonly EffectiveSpec _spec = A.Cluster().Effective with { Owner = "seller", Database = "shop" };

    [Fact]
    public void Owner_Verifier_MakesTheRoleUnlessItIsThere()
    {
        var sql = BootstrapSql.Owner(_spec, "SCRAM-SHA-256$4096:c2FsdA==$a:b");

        Assert.Equal(
            """
            DO $body$
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'seller') THEN
                    CREATE ROLE "seller" LOGIN;
                END IF;
            END
            $body$;
            ALTER ROLE "seller" PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$a:b';
            """,
            sql);
    }

    [Fact]
    public void Database_Spec_BelongsToTheOwner()
    {
        Assert.Equal("SELECT 1 FROM pg_catalog.pg_database WHERE datname = 'shop'", BootstrapSql.DatabaseExists(_spec));
        Assert.Equal("CREATE DATABASE \"shop\" OWNER \"seller\"", BootstrapSql.Database(_spec));
    }

    [Fact]
    public void InDatabase_Spec_IsForItsOwnersAlone()
    {
        var sql = BootstrapSql.InDatabase(_spec);

        Assert.Contains("CREATE EXTENSION IF NOT EXISTS pg_stat_statements;", sql, StringComparison.Ordinal);
        Assert.Contains("REVOKE CONNECT, TEMPORARY ON DATABASE \"shop\" FROM PUBLIC;", sql, StringComparison.Ordinal);
    }
}
