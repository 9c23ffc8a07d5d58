using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Agents.Controller;
using Agents.Controller.Api;
using Agents.Controller.Configuration;
using Agents.Controller.Links;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Perf.Scale;

/// <summary>The real controller in this process, with its store in a folder of its own; its agents are those of a <see cref="FleetProcess"/>.</summary>
internal sealed class ScaleController : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly WebApplication _application;
    private readonly HttpClient _http;

    private ScaleController(TemporaryDirectory directory, WebApplication application, HttpClient http) => (_directory, _application, _http) = (directory, application, http);

    /// <summary>Where links are taken in.</summary>
    public LinkRegistry Links => _application.Services.GetRequiredService<LinkRegistry>();

    /// <summary>A controller whose store knows a world.</summary>
    public static async Task<ScaleController> StartAsync(World world)
    {
        var directory = new TemporaryDirectory();
        var settings = new ControllerSettings
        {
            DataDirectory = directory.Path,
            Agents = new IPEndPoint(IPAddress.Loopback, 0),
            Api = new ApiOptions { Rest = new IPEndPoint(IPAddress.Loopback, 0), Grpc = new IPEndPoint(IPAddress.Loopback, 0) },
            ImagesDirectory = "",
            LogLevel = LogLevel.Error,
        };
        var application = await ControllerApplication.BuildAsync(settings, _ => { }, CancellationToken.None);
        await FillAsync(application.Services.GetRequiredService<IStore>(), world);
        await application.StartAsync();

        var http = new HttpClient { BaseAddress = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(settings.AdminTokenFile)).Trim());
        return new ScaleController(directory, application, http);
    }

    /// <summary>A cluster's status as a user reads it.</summary>
    public async Task<JsonNode> StatusAsync(Cluster cluster) =>
        JsonNode.Parse(await _http.GetStringAsync($"/api/v1/postgres/clusters/{cluster.Name}"))!["status"]!;

    /// <summary>How long it takes to read all that the loops look after, as after each change of the store.</summary>
    public async Task<TimeSpan> ReadSnapshotAsync()
    {
        using var snapshots = new StoreSnapshots(_application.Services.GetRequiredService<IStore>());
        var since = Stopwatch.StartNew();
        await snapshots.ReadAsync(CancellationToken.None);
        return since.Elapsed;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _directory.Dispose();
    }

    private static async Task FillAsync(IStore store, World world)
    {
        await WriteAsync(store, writer =>
        {
            writer.AddImageSet(A.ImageSet());
            foreach (var host in world.Hosts)
                writer.AddHost(host);
        });
        foreach (var clusters in world.Clusters.Chunk(100))
        {
            await WriteAsync(store, writer =>
            {
                foreach (var cluster in clusters)
                {
                    writer.AddCluster(cluster);
                    writer.AddInstances([.. world.ByCluster[cluster.Ref]]);
                }
            });
        }
    }

    private static Task<bool> WriteAsync(IStore store, Action<IStoreWriter> write) => store.WriteAsync(
        writer =>
        {
            write(writer);
            return true;
        },
        CancellationToken.None);
}
