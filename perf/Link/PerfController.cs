using System.Net;
using Agents.Controller.Doors;
using Agents.Controller.Enrollment;
using Agents.Controller.Links;
using Agents.Controller.Secrets;
using Agents.Controller.Stores;
using Agents.Controller.Stores.Sqlite;
using Agents.Domain.Model;
using Agents.Protocol.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Perf.Link;

/// <summary>The agents' port of a controller, with its store in a directory that is removed at the end.</summary>
internal sealed class PerfController : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("agents-perf-link-").FullName;
    private readonly SqliteStore _store;
    private WebApplication? _application;

    private PerfController() => _store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(_directory, "state.db") });

    /// <summary>The store id.</summary>
    public string ControllerId { get; private set; } = "";

    /// <summary>Where agents dial.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts it on a free port of the loopback.</summary>
    public static async Task<PerfController> StartAsync()
    {
        var controller = new PerfController();
        await controller.RunAsync();
        return controller;
    }

    /// <summary>A join token's text.</summary>
    public async Task<string> NewTokenAsync()
    {
        var tokens = _application!.Services.GetRequiredService<JoinTokens>();
        return (await _store.WriteAsync(
            writer => tokens.Create(writer, "default", LabelSet.Empty, JoinTokens.DefaultMaxUses, JoinTokens.DefaultLife, Origin.System), CancellationToken.None)).Text;
    }

    /// <summary>The agent's session, once it is up.</summary>
    public async Task<LinkSession> SessionAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var change in _application!.Services.GetRequiredService<LinkRegistry>().WatchAsync(limit.Token))
        {
            if (change.Up)
                return change.Session;
        }

        throw new TimeoutException("the agent did not link");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task RunAsync()
    {
        ControllerId = await _store.ReadAsync(reader => reader.Identity.StoreId, CancellationToken.None);
        var secretBox = new SecretBox(KeyFile.ReadOrCreate(Path.Combine(_directory, "secret.key"), isStoreNew: true));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IStore>(_store);
        builder.Services.AddSingleton(await CertificateAuthority.LoadOrCreateAsync(_store, secretBox, ControllerId, CertificateIssuer.Life, TimeProvider.System, CancellationToken.None));
        builder.Services.AddSingleton<IControllerEpoch>(new PerfEpoch(ControllerId));
        builder.Services.AddEnrollment().AddLinks(new ImageOptions { Directory = "" });
        builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<AgentPortInterceptor>();
            options.Interceptors.Add<DeadlineRequiredInterceptor>();
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseAgentPort()));
        _application = builder.Build();
        _application.UseRouting();
        _application.UseDoors();
        _application.MapAgentEndpoints();
        await _application.StartAsync();
        Address = new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;
    }
}
