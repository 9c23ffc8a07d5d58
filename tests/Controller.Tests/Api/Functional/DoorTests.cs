using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Agents.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Controller.Tests.Api.Functional;

/// <summary>What is served on which port: every endpoint that there is, on every port, with every content type.</summary>
public sealed partial class DoorTests(RunningController controller) : IClassFixture<RunningController>
{
    /// <summary>Less than a handshake may take.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(8);

    private static readonly string?[] _contentTypes = [null, "application/json", "application/grpc", "text/plain"];

    /// <summary>The table: by the beginning of a path, the ports that answer. What begins with none of them is answered nowhere.</summary>
    private static readonly (string Path, string[] Ports)[] _table =
    [
        ("/api/v1/", ["rest", "tls"]),
        ("/openapi/", ["rest", "tls"]),
        ("/healthz", ["rest", "tls"]),
        ("/readyz", ["rest", "tls"]),
        ("/agents.v1.ControllerService/", ["grpc", "tls"]),
        ("/agents.v1.FleetService/", ["grpc", "tls"]),
        ("/agents.v1.OperationService/", ["grpc", "tls"]),
        ("/agents.v1.PostgresClusterService/", ["grpc", "tls"]),
        ("/grpc.health.v1.Health/", ["grpc", "tls"]),
        ("/grpc.reflection.v1.ServerReflection/", ["grpc", "tls"]),
        ("/grpc.reflection.v1alpha.ServerReflection/", ["grpc", "tls"]),
        ("/agents.v1.EnrollmentService/", ["agents"]),
        ("/agents.v1.ImageService/", ["agents"]),
    ];

    [Theory]
    [InlineData("rest")]
    [InlineData("grpc")]
    [InlineData("tls")]
    [InlineData("agents")]
    public async Task Send_EveryEndpointWithEveryContentType_OnlyWhatIsForThePortAnswers(string port)
    {
        using var client = Client(port);
        var wrong = new List<string>();

        foreach (var (method, path) in Endpoints())
        {
            var expected = _table.FirstOrDefault(row => path.StartsWith(row.Path, StringComparison.Ordinal)).Ports?.Contains(port) == true;
            foreach (var contentType in _contentTypes)
            {
                var status = await SendAsync(client, method, path, contentType);
                if (expected != (status != HttpStatusCode.NotFound))
                    wrong.Add($"{method} {path} as {contentType ?? "nothing"} on {port}: {status}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Endpoints_EachRowOfTheTable_IsThere() =>
        Assert.All(_table, row => Assert.Contains(Endpoints(), endpoint => endpoint.Path.StartsWith(row.Path, StringComparison.Ordinal)));

    [Fact]
    public async Task Send_TlsPort_NeedsATokenTooAndAnswersToTheNamesOfItsCertificate()
    {
        using var client = Client("tls");

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(client, "GET", "/api/v1/hosts", null));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(client, "GET", "/api/v1/hosts", null, controller.AdminToken, "controller.example"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await SendAsync(client, "GET", "/api/v1/hosts", null, controller.AdminToken, "stranger.example"));
    }

    [Fact]
    public async Task Send_BodyThatNoHeaderTellsOf_NeedsItsContentTypeToo()
    {
        using var client = Client("tls");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/join-tokens") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", controller.AdminToken);
        request.Content = new StreamContent(new UnmeasuredStream()) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } };

        using var response = await client.SendAsync(request).DefaultTimeout();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("rest")]
    [InlineData("grpc")]
    [InlineData("tls")]
    public async Task Connect_MoreThanThereMayBe_AreClosedAtOnceAndTheOthersServed(string port)
    {
        using var before = Client(port); // It keeps its connection.
        await SendAsync(before, "GET", "/healthz", null);
        var clients = new List<TcpClient>();
        try
        {
            // They come side by side: which of them is one too many nobody knows. By itself none would end so soon.
            for (var number = 0; number < RunningController.ConnectionsMax; number++)
                clients.Add(new TcpClient());
            var ended = await Task.WhenAny(clients.Select(client => EndedAsync(client, before.BaseAddress!.Port))).WaitAsync(_soon);
            Assert.True(await ended);
            await SendAsync(before, "GET", "/healthz", null);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Connect_CertificateReplacedOnDisk_IsShownWithoutARestart()
    {
        var before = await ShownAsync();
        controller.WriteCertificate();

        Assert.NotEqual(before, await ShownAsync());
        var good = await ShownAsync();
        await File.WriteAllTextAsync(controller.WriteCertificate().KeyFile, "nonsense");
        Assert.Equal(good, await ShownAsync());
        controller.WriteCertificate();
    }

    private IEnumerable<(string Method, string Path)> Endpoints() =>
        from endpoint in controller.Application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where !endpoint.RoutePattern.RawText!.Contains("unimplemented", StringComparison.Ordinal) // What gRPC itself says of a method that is not there.
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
        select (method, "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "x").Replace("openapi/x.json", "openapi/v1.json", StringComparison.Ordinal));

    private HttpClient Client(string port)
    {
        var address = port switch
        {
            "rest" => controller.Http.BaseAddress!.ToString(),
            "grpc" => $"http://{controller.GrpcAddress}",
            "tls" => controller.TlsAddress,
            "agents" => controller.AgentsAddress,
            _ => throw new ArgumentException("no such port", nameof(port)),
        };
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null; // Whose it is, is others' to test.
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(address),
            DefaultRequestVersion = port == "rest" ? HttpVersion.Version11 : HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string method, string path, string? contentType, string? token = null, string? host = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Host = host;
        if (contentType is not null)
            request.Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).DefaultTimeout();
        return response.StatusCode;
    }

    /// <summary>Connects, and waits for the connection's end; a reset is one too, however soon it comes.</summary>
    private static async Task<bool> EndedAsync(TcpClient client, int port)
    {
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return await client.GetStream().ReadAsync(new byte[1]) == 0;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    private async Task<string> ShownAsync()
    {
        var shown = "";
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            shown = certificate?.GetCertHashString() ?? "";
            return shown.Length > 0;
        };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(controller.TlsAddress) };
        await SendAsync(client, "GET", "/healthz", null);
        return shown;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    /// <summary>A body whose length is not known before its end.</summary>
    private sealed class UnmeasuredStream() : MemoryStream("{}"u8.ToArray())
    {
        public override bool CanSeek => false;
    }
}
