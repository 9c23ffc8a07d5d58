using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Agents.Controller.Api.Rest;
using Agents.Controller.Stores;
using Agents.Testing;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Controller.Tests.Api.Functional;

/// <summary>Who may do what: every call of REST and of gRPC, with no token and with one of every role.</summary>
public sealed partial class RoleTests(RunningController controller) : IClassFixture<RunningController>
{
    /// <summary>The table: the least role for each verb. REST calls it as its operation id, gRPC as its method.</summary>
    private static readonly (UserRole Least, string[] Verbs)[] _table =
    [
        (UserRole.Viewer, ["listHosts", "getHost", "listPostgresClusters", "getPostgresCluster", "listPostgresClusterFailovers", "listOperations", "getOperation", "watchOperation", "getController"]),
        (UserRole.Operator,
        [
            "updateHost", "createPostgresCluster", "updatePostgresCluster", "replacePostgresCluster", "deletePostgresCluster", "undeletePostgresCluster", "switchoverPostgresCluster", "scalePostgresCluster", "stopPostgresCluster", "startPostgresCluster", "restartPostgresCluster", "getPostgresClusterCredentials", "cancelOperation",
        ]),
        (UserRole.Admin, ["createJoinToken", "listJoinTokens", "deleteJoinToken", "revokeHost", "removeHost", "removeHostOrphans", "confirmRestore"]),
    ];

    [Fact]
    public async Task Rest_EveryCall_NeedsItsRole()
    {
        var wrong = new List<string>();
        foreach (var (contract, method, path) in RestCalls())
        {
            foreach (var (role, token) in await TokensAsync())
            {
                using var response = await controller.SendAsAsync(token, method, path, method is "POST" or "PUT" or "PATCH" ? "{}" : null);
                if (Expected(contract.OperationId, role) is var expected && expected != VerdictOf(response.StatusCode))
                    wrong.Add($"{contract.OperationId} as {role?.ToString() ?? "nobody"}: {response.StatusCode} instead of {expected}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Grpc_EveryCall_NeedsItsRole()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{controller.GrpcAddress}") };
        var wrong = new List<string>();
        foreach (var method in GrpcMethods())
        {
            var name = method[(method.LastIndexOf('/') + 1)..];
            foreach (var (role, token) in await TokensAsync())
            {
                var verdict = await CallAsync(client, method, token);
                if (Expected(char.ToLowerInvariant(name[0]) + name[1..], role) is var expected && expected != verdict)
                    wrong.Add($"{method} as {role?.ToString() ?? "nobody"}: {verdict} instead of {expected}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Verbs_OfTheTable_AreThere()
    {
        var verbs = RestCalls().Select(call => call.Contract.OperationId).Concat(GrpcMethods().Select(method => method[(method.LastIndexOf('/') + 1)..]));

        Assert.Empty(_table.SelectMany(row => row.Verbs).Except(verbs, StringComparer.OrdinalIgnoreCase));
    }

    private IEnumerable<(RestContract Contract, string Method, string Path)> RestCalls() =>
        from endpoint in controller.Application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let contract = endpoint.Metadata.GetMetadata<RestContract>()
        where contract?.Role is not null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (contract, method, "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "x"));

    private IEnumerable<string> GrpcMethods() => controller.Application.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method).OfType<Grpc.Core.IMethod>().Select(method => method.FullName).Distinct()
        .Where(name => name.StartsWith("/agents.", StringComparison.Ordinal) && !name.StartsWith("/agents.v1.EnrollmentService/", StringComparison.Ordinal) && !name.StartsWith("/agents.v1.ImageService/", StringComparison.Ordinal));

    private async Task<IReadOnlyList<(UserRole? Role, string? Token)>> TokensAsync()
    {
        var tokens = new List<(UserRole?, string?)> { (null, null) };
        foreach (var role in Enum.GetValues<UserRole>())
            tokens.Add((role, await controller.TokenOfAsync(role)));
        return tokens;
    }

    private static Verdict Expected(string verb, UserRole? role)
    {
        var name = verb.Replace("BySingularPath", "", StringComparison.Ordinal);
        var row = _table.SingleOrDefault(row => row.Verbs.Contains(name, StringComparer.Ordinal));
        Assert.True(row.Verbs is not null, $"{verb} stands in no row of the table");
        return role is null ? Verdict.WhoIsIt : role >= row.Least ? Verdict.May : Verdict.MayNot;
    }

    private static Verdict VerdictOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => Verdict.WhoIsIt,
        HttpStatusCode.Forbidden => Verdict.MayNot,
        _ => Verdict.May,
    };

    private static async Task<Verdict> CallAsync(HttpClient client, string method, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = new ByteArrayContent(new byte[5]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };
        using var response = await client.SendAsync(request).DefaultTimeout();
        var status = response.Headers.TryGetValues("grpc-status", out var header) ? header : response.TrailingHeaders.GetValues("grpc-status");
        return status.Single() switch
        {
            "16" => Verdict.WhoIsIt,
            "7" => Verdict.MayNot,
            _ => Verdict.May,
        };
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private enum Verdict
    {
        WhoIsIt,
        MayNot,
        May,
    }
}
