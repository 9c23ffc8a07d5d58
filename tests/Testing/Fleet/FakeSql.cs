using System.Text.RegularExpressions;
using Agents.Protocol;

namespace Agents.Testing.Fleet;

/// <summary>As much SQL as a bootstrap speaks. What it does not know it refuses, so that a new statement is noticed.</summary>
internal static partial class FakeSql
{
    /// <summary>Executes on a primary.</summary>
    public static void Execute(FakeEngine engine, string database, string sql, bool withoutTransaction)
    {
        RequireDatabase(engine, database);
        if (RolePattern().Match(sql) is { Success: true } role)
            engine.Roles.TryAdd(role.Groups["role"].Value, "");
        else if (OpenPattern().Match(sql) is { Success: true } opened)
            Open(engine, opened.Groups["role"].Value, opened.Groups["verifier"].Value);
        else if (DatabasePattern().Match(sql) is { Success: true } created)
            Create(engine, created.Groups["database"].Value, created.Groups["owner"].Value, withoutTransaction);
        else if (sql.Contains("CREATE EXTENSION IF NOT EXISTS pg_stat_statements", StringComparison.Ordinal))
            engine.PreparedDatabases.Add(database);
        else if (sql != "CHECKPOINT") // What it changes nobody sees.
            throw Failed($"the fake knows no such statement: {sql}");
    }

    /// <summary>Whether a query finds anything.</summary>
    public static bool AnyRow(FakeEngine engine, string database, string sql)
    {
        RequireDatabase(engine, database);
        return ExistsPattern().Match(sql) is { Success: true } match ? engine.Databases.ContainsKey(match.Groups["database"].Value) : throw Failed($"the fake knows no such query: {sql}");
    }

    private static void Open(FakeEngine engine, string role, string verifier)
    {
        if (!engine.Roles.ContainsKey(role))
            throw Failed($"role \"{role}\" does not exist");
        engine.Roles[role] = verifier;
    }

    private static void Create(FakeEngine engine, string database, string owner, bool withoutTransaction)
    {
        if (!withoutTransaction)
            throw Failed("CREATE DATABASE cannot run inside a transaction block");
        if (!engine.Roles.ContainsKey(owner))
            throw Failed($"role \"{owner}\" does not exist");
        if (!engine.Databases.TryAdd(database, owner))
            throw Failed($"database \"{database}\" already exists");
    }

    private static void RequireDatabase(FakeEngine engine, string database)
    {
        if (database != "postgres" && !engine.Databases.ContainsKey(database))
            throw Failed($"database \"{database}\" does not exist");
    }

    private static Agents.Controller.Execution.AgentRefusedException Failed(string message) => FakeAgentRules.Refused(ErrorReasons.SqlFailed, message);

    /// <summary>The question whether a server has run for less than so many milliseconds.</summary>
    [GeneratedRegex("""^SELECT 1 WHERE now\(\) - pg_catalog\.pg_postmaster_start_time\(\) < interval '(?<milliseconds>\d+) milliseconds'$""")]
    public static partial Regex LifePattern();

    /// <summary>The time of the question in moments: a second each.</summary>
    public static double MomentsOf(Match life) => double.Parse(life.Groups["milliseconds"].Value, System.Globalization.CultureInfo.InvariantCulture) / 1000;

    [GeneratedRegex("""CREATE ROLE "(?<role>[^"]+)" NOLOGIN;""")]
    private static partial Regex RolePattern();

    [GeneratedRegex("""^ALTER ROLE "(?<role>[^"]+)" LOGIN PASSWORD '(?<verifier>SCRAM-SHA-256\$[^']+)'$""")]
    private static partial Regex OpenPattern();

    [GeneratedRegex("""^CREATE DATABASE "(?<database>[^"]+)" OWNER "(?<owner>[^"]+)"$""")]
    private static partial Regex DatabasePattern();

    [GeneratedRegex("""FROM pg_catalog\.pg_database WHERE datname = '(?<database>[^']+)'""")]
    private static partial Regex ExistsPattern();
}
