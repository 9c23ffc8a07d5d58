using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Controller.Doors;
using Agents.Controller.Enrollment;
using Agents.Controller.Links;
using Agents.Controller.Secrets;
using Agents.Controller.Stores;
using Agents.Controller.Stores.Sqlite;
using Agents.Domain.Model;
using Agents.Protocol.Calls;
using Agents.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Functional.Tests.Link;

/// <summary>The controller's agents' port with the real store, authority and links, and nothing else of a controller.</summary>
internal sealed class ControllerHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SqliteStore _store;

    private ControllerHost(WebApplication application, SqliteStore store, RecordingLogger log)
    {
        _application = application;
        _store = store;
        Log = log;
    }

    /// <summary>What it logged.</summary>
    public RecordingLogger Log { get; }

    /// <summary>The links.</summary>
    public LinkRegistry Links => Service<LinkRegistry>();

    /// <summary>The authority.</summary>
    public CertificateAuthority Authority => Service<CertificateAuthority>();

    /// <summary>The store.</summary>
    public IStore Store => _store;

    /// <summary>The port that it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>Starts a controller whose store and keys are in a directory: starting it again there is a restart.</summary>
    public static async Task<ControllerHost> StartAsync(
        string directory, IPAddress? address = null, int port = 0, TimeProvider? timeProvider = null, TimeSpan? certificateLife = null, Action<WebApplicationBuilder>? configure = null)
    {
        var clock = timeProvider ?? TimeProvider.System;
        var store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(directory, "state.db") });
        var storeId = await store.ReadAsync(reader => reader.Identity.StoreId, CancellationToken.None);
        var secretBox = new SecretBox(KeyFile.ReadOrCreate(Path.Combine(directory, "keys", "secret.key"), isStoreNew: true));
        var authority = await CertificateAuthority.LoadOrCreateAsync(store, secretBox, storeId, certificateLife ?? CertificateIssuer.Life, clock, CancellationToken.None);
        var log = new RecordingLogger();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<IStore>(store);
        builder.Services.AddSingleton(authority);
        builder.Services.AddSingleton(secretBox);
        builder.Services.AddSingleton<IControllerEpoch>(new TestEpoch(storeId));
        builder.Services.AddEnrollment().AddLinks(new ImageOptions { Directory = Path.Combine(directory, "images") });
        builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<AgentPortInterceptor>();
            options.Interceptors.Add<DeadlineRequiredInterceptor>();
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address ?? IPAddress.Loopback, port, listen => listen.UseAgentPort()));
        configure?.Invoke(builder);
        var application = builder.Build();
        application.UseRouting();
        application.UseDoors();
        application.UseAgentPortLimits();
        application.MapAgentEndpoints();
        application.MapGet("/", () => "not for agents");
        await application.StartAsync();
        return new ControllerHost(application, store, log) { Port = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port };
    }

    /// <summary>Makes the authority of a controller that starts later, as if it had been there since a time.</summary>
    public static async Task CreateAuthorityAsync(string directory, DateTimeOffset createdAt)
    {
        await using var store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(directory, "state.db") });
        var storeId = await store.ReadAsync(reader => reader.Identity.StoreId, CancellationToken.None);
        var secretBox = new SecretBox(KeyFile.ReadOrCreate(Path.Combine(directory, "keys", "secret.key"), isStoreNew: true));
        using var authority = await CertificateAuthority.LoadOrCreateAsync(store, secretBox, storeId, CertificateIssuer.Life, new FakeTimeProvider(createdAt), CancellationToken.None);
    }

    /// <summary>Adds an authority, which is loaded with the next start.</summary>
    public Task<int> AddAuthorityAsync() => Store.WriteAsync(
        writer =>
        {
            using var certificate = CertificateIssuer.CreateAuthority(Authority.ControllerId, DateTimeOffset.UtcNow);
            using var key = certificate.GetECDsaPrivateKey()!;
            var sealedKey = Service<SecretBox>().Seal(key.ExportPkcs8PrivateKey(), $"ca-key/{certificate.SerialNumber}");
            writer.AddAuthority(new StoredAuthority(certificate.SerialNumber, certificate.RawData, sealedKey, DateTimeOffset.UtcNow));
            return 0;
        },
        CancellationToken.None);

    /// <summary>A service of it.</summary>
    public T Service<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    /// <summary>The authority with its key, for certificates that it would not sign itself.</summary>
    public async Task<X509Certificate2> SignerAsync()
    {
        var stored = (await Store.ReadAsync(reader => reader.ListAuthorities(), CancellationToken.None))[0];
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Service<SecretBox>().Open(stored.SealedKey.Span, $"ca-key/{stored.Id}"), out _);
        return X509CertificateLoader.LoadCertificate(stored.Certificate.Span).CopyWithPrivateKey(key);
    }

    /// <summary>A new join token's text.</summary>
    public async Task<string> NewTokenAsync(int maxUses = 1, TimeSpan? life = null) => (await NewTokenAsync("default", LabelSet.Empty, maxUses, life)).Text;

    /// <summary>A new join token.</summary>
    public Task<(JoinTokenRecord Record, string Text)> NewTokenAsync(string project, LabelSet labels, int maxUses = 1, TimeSpan? life = null) => Store.WriteAsync(
        writer => Service<JoinTokens>().Create(writer, project, labels, maxUses, life ?? JoinTokens.DefaultLife, Origin.System), CancellationToken.None);

    /// <summary>The next session that begins, of those that there are already the first.</summary>
    public async Task<LinkSession> NextSessionAsync(Func<LinkSession, bool>? condition = null)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        try
        {
            await foreach (var change in Links.WatchAsync(limit.Token))
            {
                if (change.Up && (condition is null || condition(change.Session)))
                    return change.Session;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below, with what was logged.
        }

        throw new TimeoutException($"no link came up; the controller logged:\n{string.Join('\n', Log.Lines)}");
    }

    /// <summary>Stops it and its store.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        await _store.DisposeAsync();
    }
}
