using Agents.Controller.Application.Clusters;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Application.JoinTokens;
using Agents.Controller.Application.Operations;
using Agents.Controller.Application.Restores;

namespace Agents.Controller.Application;

/// <summary>The use cases. They read and write the store and nothing else; the loops do the rest.</summary>
internal static class ApplicationFeature
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.AddSingleton<ClusterViews>();
        services.AddSingleton<ClusterPlanner>();
        services.AddSingleton<CreatePostgresClusterHandler>();
        services.AddSingleton<GetPostgresClusterHandler>();
        services.AddSingleton<ListPostgresClustersHandler>();
        services.AddSingleton<UpdatePostgresClusterHandler>();
        services.AddSingleton<DeletePostgresClusterHandler>();
        services.AddSingleton<UndeletePostgresClusterHandler>();
        services.AddSingleton<GetPostgresClusterCredentialsHandler>();

        services.AddSingleton<HostViews>();
        services.AddSingleton<GetHostHandler>();
        services.AddSingleton<ListHostsHandler>();
        services.AddSingleton<UpdateHostHandler>();
        services.AddSingleton<RemoveOrphansHandler>();
        services.AddSingleton<RevokeHostHandler>();
        services.AddSingleton<RemoveHostHandler>();

        services.AddSingleton<GetControllerHandler>();
        services.AddSingleton<ConfirmRestoreHandler>();

        services.AddSingleton<CreateJoinTokenHandler>();
        services.AddSingleton<ListJoinTokensHandler>();
        services.AddSingleton<DeleteJoinTokenHandler>();

        services.AddSingleton<GetOperationHandler>();
        services.AddSingleton<ListOperationsHandler>();
        services.AddSingleton<CancelOperationHandler>();
        services.AddSingleton<WatchOperationHandler>();
        services.AddSingleton<WaitForOperation>();
        return services;
    }
}
