using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Agents.Controller.Api.Rest;
using Agents.Controller.Stores;
using Agents.Testing;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Controller.Tests.Api.Functional;

public sealed class RestAccessTests(RunningController controller) : IClassFixture<RunningController>
{
    private const string Hosts = "/api/v1/hosts";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("agentsu1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("x")]
    public async Task Call_WithoutAGoodToken_IsUnauthenticated(string? token)
    {
        using var response = await controller.SendAsAsync(token, "GET", Hosts, null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Call_RevokedOrExpiredToken_IsUnauthenticated()
    {
        var text = await controller.TokenOfAsync(UserRole.Viewer);
        using var before = await controller.SendAsAsync(text, "GET", Hosts, null);
        await controller.WriteAsync(writer =>
        {
            var token = writer.FindUserToken(Agents.Controller.Api.Auth.UserTokens.HashOf(text))!;
            writer.UpdateUserToken(token with { RevokedAt = A.Time });
        });

        using var after = await controller.SendAsAsync(text, "GET", Hosts, null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Theory]
    [InlineData(UserRole.Viewer, "GET", Hosts, HttpStatusCode.OK)]
    [InlineData(UserRole.Viewer, "PATCH", Hosts + "/h1", HttpStatusCode.Forbidden)]
    [InlineData(UserRole.Viewer, "GET", "/api/v1/postgres/clusters/none/credentials", HttpStatusCode.Forbidden)]
    [InlineData(UserRole.Operator, "PATCH", Hosts + "/h1", HttpStatusCode.OK)]
    [InlineData(UserRole.Operator, "POST", "/api/v1/join-tokens", HttpStatusCode.Forbidden)]
    [InlineData(UserRole.Admin, "POST", "/api/v1/join-tokens", HttpStatusCode.Created)]
    internal async Task Call_Role_DecidesWhetherItMay(UserRole role, string method, string path, HttpStatusCode expected)
    {
        using var response = await controller.SendAsAsync(await controller.TokenOfAsync(role), method, path, method == "GET" ? null : "{}");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Call_TokenOfAProject_SeesNoOther()
    {
        using var response = await controller.SendAsAsync(await controller.TokenOfAsync(UserRole.Admin, "shop"), "GET", Hosts, null);

        Assert.Equal("""{"hosts":[]}""", (await response.Content.ReadAsStringAsync()).Trim());
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.evil.example:8080", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost:1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("agents.example", HttpStatusCode.OK)]
    public async Task Call_Host_MustBeOurs(string host, HttpStatusCode expected)
    {
        using var response = await controller.SendAsync("GET", Hosts, null, ("Host", host));

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Call_ForeignContentType_IsRefused(string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/join-tokens") { Content = new StringContent("{}", Encoding.UTF8, contentType) };
        request.Headers.Authorization = new("Bearer", controller.AdminToken);

        using var response = await controller.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Call_Unforeseen_IsToldWithoutItsContent()
    {
        var (missing, body) = await controller.JsonAsync("GET", "/nothing");
        using var wrongMethod = await controller.SendAsync("DELETE", Hosts);

        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (missing, (string)body["reason"]!));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrongMethod.StatusCode);
        Assert.Equal(["GET"], wrongMethod.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("abc-1.2:3", "abc-1.2:3")]
    [InlineData("a b", null)]
    public async Task Call_RequestId_ComesBackWhenItIsPlain(string sent, string? expected)
    {
        using var response = await controller.SendAsync("GET", "/nothing", null, ("X-Request-Id", sent));
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        var id = response.Headers.GetValues("X-Request-Id").Single();
        Assert.Equal(id, (string)body["request_id"]!);
        if (expected is null)
            Assert.NotEqual(sent, id);
        else
            Assert.Equal(expected, id);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/openapi/v1.json")]
    public async Task Call_OpenToAnyone_NeedsNoToken(string path)
    {
        using var response = await controller.SendAsAsync(null, "GET", path, null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public void Endpoints_All_DeclareWhoMayCallThem()
    {
        var endpoints = controller.Application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        var undeclared = endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<RestContract>() is null && endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is null)
            .Where(endpoint => endpoint.DisplayName?.StartsWith("gRPC - Unimplemented", StringComparison.Ordinal) != true);

        Assert.True(endpoints.Count > 30);
        Assert.Empty(undeclared.Select(endpoint => endpoint.DisplayName));
    }
}
