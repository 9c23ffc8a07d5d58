using Agents.Controller.Enrollment;
using Microsoft.Extensions.Options;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>The embedded store: bound to the section "store", its file in the data directory unless said otherwise.</summary>
internal static class SqliteStoreFeature
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, IConfiguration configuration, string dataDirectory)
    {
        services.AddOptions<SqliteStoreOptions>()
            .Bind(configuration.GetSection("store"), binder => binder.ErrorOnUnknownConfiguration = true)
            .PostConfigure(options => options.Path = options.Path.Length > 0 ? options.Path : Path.Combine(dataDirectory, "state.db"))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SqliteStoreOptions>, SqliteStoreOptionsValidator>();
        services.AddSingleton(provider => SqliteStore.Open(provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value));
        services.AddSingleton<IStore>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton<IEnrollmentStore>(provider => provider.GetRequiredService<SqliteStore>());
        return services;
    }
}
