using Agents.Protocol;
using Agents.Controller.Api;
using Agents.Controller.Api.Auth;
using Agents.Controller.Application;
using Agents.Controller.Configuration;
using Agents.Controller.Doors;
using Agents.Controller.Enrollment;
using Agents.Controller.Execution;
using Agents.Controller.Images;
using Agents.Controller.Links;
using Agents.Controller.Loops;
using Agents.Controller.Observation;
using Agents.Controller.Secrets;
using Agents.Controller.Stores;
using Agents.Controller.Stores.Sqlite;
using Agents.Protocol.Logs;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Agents.Controller;

/// <summary>Composes a controller of its features.</summary>
internal static class ControllerApplication
{
    /// <summary>How long requests and links may take to end at shutdown before they are cut.</summary>
    private static readonly TimeSpan _shutdownLimit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A controller that is ready to listen. In this order: the store is opened and migrated, the keys and the authority are read, the epoch is taken, the administrator's token and
    /// the image sets are there. Tests put fakes in place of its edges with <paramref name="replace"/>.
    /// </summary>
    public static async Task<WebApplication> BuildAsync(ControllerSettings settings, Action<IServiceCollection>? replace, CancellationToken cancellationToken)
    {
        var store = SqliteStore.Open(new SqliteStoreOptions { Path = settings.StoreFile });
        try
        {
            var identity = await store.ReadAsync(reader => reader.Identity, cancellationToken);
            var keys = KeyFile.ReadOrCreate(settings.KeyFile, isStoreNew: identity.Epoch == 0);
            var secretBox = new SecretBox(keys);
            var authority = await CertificateAuthority.LoadOrCreateAsync(store, secretBox, identity.StoreId, CertificateIssuer.Life, TimeProvider.System, cancellationToken);
            var application = Compose(settings, store, secretBox, new TicketSeal(keys), authority, replace);
            var services = application.Services;
            await services.GetRequiredService<ControllerIdentity>().TakeAsync(cancellationToken);
            await services.GetRequiredService<AdminToken>().EnsureAsync(settings.AdminTokenFile, cancellationToken);
            await services.GetRequiredService<ImageSets>().LoadAsync(settings.ImagesDirectory, cancellationToken);
            return application;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Compose(ControllerSettings settings, SqliteStore store, SecretBox secretBox, TicketSeal ticketSeal, CertificateAuthority authority, Action<IServiceCollection>? replace)
    {
        // The empty builder reads no files, variables and flags but our own, and serves on no ports but those that are asked for here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddPlainConsole(settings.LogLevel);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            SetLimits(kestrel.Limits);
            kestrel.ListenForUsers(settings.Api);
            kestrel.Listen(settings.Agents, listen => listen.UseAgentPort());
        });
        builder.Services
            .Configure<HostOptions>(host => host.ShutdownTimeout = _shutdownLimit)
            .AddSingleton(TimeProvider.System)
            // Made by a factory, what is closed at the end is closed by the container.
            .AddSingleton(_ => store)
            .AddSingleton<IStore>(provider => provider.GetRequiredService<SqliteStore>())
            .AddSingleton(secretBox)
            .AddSingleton(ticketSeal)
            .AddSingleton(_ => authority)
            .AddSingleton<ImageSets>()
            .AddEnrollment()
            .AddLinks(new ImageOptions { Directory = settings.ImagesDirectory })
            .AddObservation()
            .AddExecution()
            .AddLoops()
            .AddApplication()
            .AddApi(settings.Api);
        replace?.Invoke(builder.Services);

        var application = builder.Build();
        application.UseRouting();
        application.UseDoors();
        application.UseAgentPortLimits();
        application.MapApi();
        application.MapAgentEndpoints();
        application.Lifetime.ApplicationStopping.Register(application.Services.GetRequiredService<StandardServices>().StopServing);
        return application;
    }

    // A reader that is slow for a while would, with Kestrel's minimum rates, take its whole connection with it, and commands of others on that.
    private static void SetLimits(KestrelServerLimits limits)
    {
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.Http2.InitialConnectionWindowSize = 8 * 1024 * 1024;
        limits.Http2.InitialStreamWindowSize = 512 * 1024;
        limits.Http2.MaxStreamsPerConnection = 1000;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }
}
