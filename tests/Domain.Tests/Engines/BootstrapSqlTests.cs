using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Engines;

/// <summary>The statements of a bootstrap, which can run twice and hold no password.</summary>
public sealed class BootstrapSqlTests
{
    private static readonly EffectiveSpec _spec = A.Cluster().Effective with { Owner = "seller", Database = "shop" };

    [Fact]
    public void Owner_Spec_MakesARoleThatCannotLogInUnlessItIsThere() => Assert.Equal(
        """
        DO $body$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'seller') THEN
                CREATE ROLE "seller" NOLOGIN;
            END IF;
        END
        $body$;
        """,
        BootstrapSql.Owner(_spec));

    [Fact]
    public void Open_Verifier_LetsTheRoleIn() =>
        Assert.Equal("ALTER ROLE \"seller\" LOGIN PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$a:b'", BootstrapSql.Open(_spec, "SCRAM-SHA-256$4096:c2FsdA==$a:b"));

    [Fact]
    public void Database_Spec_BelongsToTheOwner()
    {
        Assert.Equal("SELECT 1 FROM pg_catalog.pg_database WHERE datname = 'shop'", BootstrapSql.DatabaseExists(_spec));
        Assert.Equal("CREATE DATABASE \"shop\" OWNER \"seller\"", BootstrapSql.Database(_spec));
    }

    [Fact]
    public void Closed_Spec_LeavesEachDatabaseToItsOwner() => Assert.Equal(
        """
        CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
        REVOKE CONNECT, TEMPORARY ON DATABASE "shop", postgres, template1 FROM PUBLIC;
        GRANT CONNECT ON DATABASE postgres TO agents_rewind;
        """,
        BootstrapSql.Closed(_spec));
}
