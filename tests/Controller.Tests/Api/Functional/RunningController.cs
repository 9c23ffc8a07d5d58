using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Agents.Controller.Api;
using Agents.Controller.Api.Auth;
using Agents.Controller.Configuration;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Controller.Stores.Sqlite;
using Agents.Testing;
using Agents.Testing.Observation;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agents.Controller.Tests.Api.Functional;

/// <summary>A whole controller on ports of its own, without its loops: operations stay as they are until a test takes them further in the store. The fleet is what a test says.</summary>
public sealed class RunningController : IAsyncLifetime
{
    /// <summary>How many connections one address may have on each port for users.</summary>
    public const int ConnectionsMax = 100;

    private readonly TemporaryDirectory _directory = new();
    private WebApplication? _application;
    private GrpcChannel? _channel;

    internal FakeFleet Fleet { get; } = new();

    internal IStore Store => Application.Services.GetRequiredService<SqliteStore>();

    internal LocalNudge Nudge => Application.Services.GetRequiredService<LocalNudge>();

    internal WebApplication Application => _application!;

    /// <summary>A client of REST, without a token.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>A channel of gRPC.</summary>
    public ChannelBase Channel => _channel!;

    /// <summary>Where gRPC is.</summary>
    public string GrpcAddress { get; private set; } = "";

    /// <summary>Where REST and gRPC are with TLS.</summary>
    public string TlsAddress { get; private set; } = "";

    /// <summary>Where agents come in.</summary>
    public string AgentsAddress { get; private set; } = "";

    /// <summary>The administrator's token.</summary>
    public string AdminToken { get; private set; } = "";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var images = Directory.CreateDirectory(_directory.File("images")).FullName;
        await File.WriteAllTextAsync(Path.Combine(images, "images.json"), ImageSetText);
        await StartAsync();
        await WriteAsync(writer =>
        {
            foreach (var number in Enumerable.Range(1, 3))
                writer.AddHost(A.Host(number));
        });
        foreach (var number in Enumerable.Range(1, 3))
            Fleet.SeeReady(A.Host(number));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    /// <summary>Ends the process, as it were, and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Makes a token of a role.</summary>
    internal async Task<string> TokenOfAsync(UserRole role, string? project = null)
    {
        var text = UserTokens.CreateText();
        await WriteAsync(writer => writer.AddUserToken(new UserToken
        {
            Id = Guid.NewGuid(),
            Name = $"{role}-{Guid.NewGuid():N}",
            SecretSha256 = UserTokens.HashOf(text),
            Role = role,
            Project = project,
            CreatedAt = A.Time,
        }));
        return text;
    }

    /// <summary>Writes the store.</summary>
    internal Task<bool> WriteAsync(Action<IStoreWriter> write) => Store.WriteAsync(
        writer =>
        {
            write(writer);
            return true;
        },
        CancellationToken.None);

    /// <summary>Sends a request as the administrator.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsAsync(AdminToken, method, path, body, headers);

    /// <summary>Sends a request with a token, or without one.</summary>
    public async Task<HttpResponseMessage> SendAsAsync(string? token, string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).DefaultTimeout();
    }

    /// <summary>Sends a request as the administrator and reads its answer.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> JsonAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, body, headers);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync().DefaultTimeout())!);
    }

    /// <summary>The headers of a gRPC call with a token.</summary>
    public static Metadata HeadersOf(string token) => new() { { "authorization", $"Bearer {token}" } };

    private async Task StartAsync()
    {
        var settings = new ControllerSettings
        {
            DataDirectory = _directory.Path,
            Agents = new IPEndPoint(IPAddress.Loopback, 0),
            Api = new ApiOptions { Rest = new IPEndPoint(IPAddress.Loopback, 0), Grpc = new IPEndPoint(IPAddress.Loopback, 0), Tls = WriteCertificate(), AllowedHosts = ["agents.example"], ConnectionsMax = ConnectionsMax * 4 },
            ImagesDirectory = _directory.File("images"),
            LogLevel = LogLevel.None,
        };
        _application = await ControllerApplication.BuildAsync(settings, Replace, CancellationToken.None);
        await _application.StartAsync().DefaultTimeout();
        var addresses = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        Http = new HttpClient { BaseAddress = new Uri(addresses[0]) };
        GrpcAddress = addresses[1].Replace("http://", "", StringComparison.Ordinal);
        _channel = GrpcChannel.ForAddress(addresses[1]);
        (TlsAddress, AgentsAddress) = (addresses[2], addresses[3]);
        AdminToken = (await File.ReadAllTextAsync(settings.AdminTokenFile)).Trim();
    }

    /// <summary>Gives the port with TLS another certificate.</summary>
    internal UserTls WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=controller", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("controller.example");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var tls = new UserTls(new IPEndPoint(IPAddress.Loopback, 0), _directory.File("tls.crt"), _directory.File("tls.key"));
        File.WriteAllText(tls.KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(tls.CertificateFile, certificate.ExportCertificatePem());
        return tls;
    }

    private void Replace(IServiceCollection services)
    {
        foreach (var loop in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(ControllerApplication).Assembly).ToList())
            services.Remove(loop);
        services.AddSingleton<IFleetView>(Fleet);
    }

    private async Task StopAsync()
    {
        Http.Dispose();
        _channel?.Dispose();
        await Application.StopAsync().DefaultTimeout();
        await Application.DisposeAsync();
    }

    private const string ImageSetText =
        """
        {"version":"17-1","images":[
          {"name":"postgres","reference":"agents/postgres:17-1","config_digest":"sha256:1","archive":"p.tar","archive_sha256":"1","size_bytes":1,"packages":[]},
          {"name":"etcd","reference":"agents/etcd:17-1","config_digest":"sha256:2","archive":"e.tar","archive_sha256":"2","size_bytes":1,"packages":[]},
          {"name":"haproxy","reference":"agents/haproxy:17-1","config_digest":"sha256:3","archive":"h.tar","archive_sha256":"3","size_bytes":1,"packages":[]}]}
        """;
}
