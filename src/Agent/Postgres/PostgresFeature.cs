namespace Agents.Agent.Postgres;

/// <summary>SQL on the PostgreSQL servers of this host.</summary>
internal static class PostgresFeature
{
    /// <summary>Registers the pools and what uses them.</summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services) => services
        .AddSingleton<PostgresPools>()
        .AddSingleton<QueryRunner>()
        .AddSingleton<StatementRunner>()
        .AddSingleton<ServerStatsReader>()
        .AddSingleton<IServerProbe, ServerProbe>();
}
