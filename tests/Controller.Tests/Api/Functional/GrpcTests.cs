using System.Diagnostics;
using Agents.Controller.Api.Auth;
using Agents.Controller.Stores;
using Agents.Protocol;
using Agents.Protocol.Calls;
using Agents.Testing;
using Agents.Testing.Requirements;
using Agents.V1;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OperationState = Agents.Domain.Model.OperationState;

namespace Agents.Controller.Tests.Api.Functional;

public sealed class GrpcTests(RunningController controller) : IClassFixture<RunningController>
{
    private CallOptions AsAdmin => new(RunningController.HeadersOf(controller.AdminToken), DateTime.UtcNow + Waiting.Limit);

    private PostgresClusterService.PostgresClusterServiceClient Clusters => new(controller.Channel);

    [Fact]
    public async Task Clusters_WholeLife_IsTheSameAsOverRest()
    {
        var created = await Clusters.CreatePostgresClusterAsync(new() { Name = "grpc", Spec = new() { NodeCount = 1, DeletionProtection = false } }, AsAdmin);
        var got = await Clusters.GetPostgresClusterAsync(new() { Id = created.Cluster.Id }, AsAdmin);
        var listed = await Clusters.ListPostgresClustersAsync(new(), AsAdmin);
        var updated = await Clusters.UpdatePostgresClusterAsync(new() { Id = "grpc", Labels = { ["a"] = "b" } }, AsAdmin);
        var held = await RefusalOf(Clusters.DeletePostgresClusterAsync(new() { Id = "grpc" }, AsAdmin));

        Assert.Equal("async", created.Plan.Effective.Durability.ToString().ToLowerInvariant());
        Assert.Equal(created.Cluster, got.Cluster);
        Assert.Contains(listed.Clusters, cluster => cluster.Id == created.Cluster.Id);
        Assert.Equal("2", updated.Cluster.Etag);
        Assert.Equal(StatusCode.FailedPrecondition, held.StatusCode);
        Assert.Equal(created.Operation.Id, RpcErrors.InfoOf(held)!.Metadata["operation_id"]);
    }

    [Fact]
    public async Task Create_BadInput_CarriesReasonAndViolations()
    {
        var refused = await RefusalOf(Clusters.CreatePostgresClusterAsync(new() { Name = "A", Spec = new() { NodeCount = 1000 } }, AsAdmin));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(ErrorReasons.InvalidArgument, RpcErrors.ReasonOf(refused));
        Assert.Equal(["name", "spec.node_count"], RpcErrors.ViolationsOf(refused).Select(violation => violation.Field));
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(-5, 0)]
    [InlineData(1, int.MaxValue)]
    [InlineData(1, -1)]
    public async Task CreateJoinToken_TtlThatIsNone_IsNamed(long seconds, int nanos)
    {
        var fleet = new FleetService.FleetServiceClient(controller.Channel);

        var refused = await RefusalOf(fleet.CreateJoinTokenAsync(new() { Ttl = new() { Seconds = seconds, Nanos = nanos } }, AsAdmin));

        Assert.Equal((StatusCode.InvalidArgument, "ttl"), (refused.StatusCode, Assert.Single(RpcErrors.ViolationsOf(refused)).Field));
    }

    [Theory]
    [InlineData((Engine)99, Durability.Unspecified, "spec.engine")]
    [InlineData(Engine.Unspecified, (Durability)99, "spec.durability")]
    public async Task Create_UnknownWord_IsNamed(Engine engine, Durability durability, string field)
    {
        var refused = await RefusalOf(Clusters.CreatePostgresClusterAsync(new() { Name = "a", Spec = new() { Engine = engine, Durability = durability } }, AsAdmin));

        Assert.Equal(field, Assert.Single(RpcErrors.ViolationsOf(refused)).Field);
    }

    [Fact]
    public async Task Credentials_BeforeTheyAreMade_AreNotThere()
    {
        await controller.WriteAsync(writer => writer.AddCluster(A.Cluster(31)));

        Assert.Equal(StatusCode.NotFound, (await RefusalOf(Clusters.GetPostgresClusterCredentialsAsync(new() { Id = "demo31" }, AsAdmin))).StatusCode);
    }

    [Fact]
    public async Task Fleet_HostsAndTokens_AreServed()
    {
        var fleet = new FleetService.FleetServiceClient(controller.Channel);

        var hosts = await fleet.ListHostsAsync(new() { PageSize = 2 }, AsAdmin);
        var host = await fleet.GetHostAsync(new() { Id = "h3" }, AsAdmin);
        var updated = await fleet.UpdateHostAsync(new() { Id = "h3", Labels = { ["rack"] = "7" } }, AsAdmin);
        var created = await fleet.CreateJoinTokenAsync(new() { MaxUses = 2, RequestId = "t1" }, AsAdmin);
        var again = await fleet.CreateJoinTokenAsync(new() { MaxUses = 2, RequestId = "t1" }, AsAdmin);
        var listed = await fleet.ListJoinTokensAsync(new(), AsAdmin);
        await fleet.DeleteJoinTokenAsync(new() { Id = created.Token.Id }, AsAdmin);
        var gone = await RefusalOf(fleet.DeleteJoinTokenAsync(new() { Id = created.Token.Id }, AsAdmin));
        var bad = await RefusalOf(fleet.CreateJoinTokenAsync(new() { MaxUses = -1, Ttl = new() { Seconds = 86401 } }, AsAdmin));

        Assert.Equal(["h1", "h2"], hosts.Hosts.Select(found => found.Name));
        Assert.NotEmpty(hosts.NextPageToken);
        Assert.Equal(HostState.Ready, host.Host.State);
        Assert.Equal("20.10.24", host.Host.Facts.Docker.Version);
        Assert.Equal("7", updated.Host.Labels["rack"]);
        Assert.StartsWith("agents1.", created.Text, StringComparison.Ordinal);
        Assert.Equal((created.Token, ""), (again.Token, again.Text));
        Assert.Contains(listed.Tokens, token => token.Id == created.Token.Id);
        Assert.Equal(StatusCode.NotFound, gone.StatusCode);
        Assert.Equal(["max_uses", "ttl"], RpcErrors.ViolationsOf(bad).Select(violation => violation.Field));
    }

    [Fact]
    public async Task Operations_WatchedAndCancelled_ShowEveryChange()
    {
        var operations = new OperationService.OperationServiceClient(controller.Channel);
        var created = await Clusters.CreatePostgresClusterAsync(new() { Name = "watched" }, AsAdmin);
        var id = created.Operation.Id;
        using var watch = operations.WatchOperation(new() { Id = id }, AsAdmin);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        var cancelled = await operations.CancelOperationAsync(new() { Id = id }, AsAdmin);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        await controller.WriteAsync(writer =>
        {
            var operation = writer.FindOperation(Domain.Model.OperationId.Parse(id))!;
            writer.UpdateOperation(operation with { State = OperationState.Cancelled, EndedAt = A.Time, Error = new("CANCELLED", "its end was asked for"), Warnings = ["w"] });
        });

        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(V1.OperationState.Cancelled, watch.ResponseStream.Current.Operation.State);
        Assert.False(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.False(cancelled.Operation.Cancellable);
        var got = await operations.GetOperationAsync(new() { Id = id }, AsAdmin);
        Assert.Equal(("CANCELLED", "w"), (got.Operation.Error.Reason, got.Operation.Warnings[0]));
        Assert.Contains((await operations.ListOperationsAsync(new() { ResourceId = created.Cluster.Id }, AsAdmin)).Operations, operation => operation.Id == id);
        var missing = operations.WatchOperation(new() { Id = "x" }, AsAdmin);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => missing.ResponseStream.MoveNext(CancellationToken.None))).StatusCode);
    }

    [Fact]
    public async Task Call_RoleTooLowOrNoToken_IsRefused()
    {
        var viewer = new CallOptions(RunningController.HeadersOf(await controller.TokenOfAsync(UserRole.Viewer)));

        Assert.Equal(StatusCode.Unauthenticated, (await RefusalOf(Clusters.ListPostgresClustersAsync(new()))).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await RefusalOf(Clusters.DeletePostgresClusterAsync(new() { Id = "x" }, viewer))).StatusCode);
        Assert.Empty((await new FleetService.FleetServiceClient(controller.Channel).ListHostsAsync(new() { Project = "none" }, viewer)).Hosts);
    }

    [Fact]
    public async Task Call_MethodForAgents_IsNotServedToUsers()
    {
        var enrollment = new EnrollmentService.EnrollmentServiceClient(controller.Channel);

        Assert.Equal(StatusCode.Unimplemented, (await RefusalOf(enrollment.AttachAsync(new(), AsAdmin))).StatusCode);
        Assert.Equal(StatusCode.Unimplemented, (await RefusalOf(enrollment.EnrollAsync(new(), AsAdmin))).StatusCode);
    }

    [Fact]
    public async Task Health_Anyone_MayAsk()
    {
        var health = new Grpc.Health.V1.Health.HealthClient(controller.Channel);

        Assert.Equal(
            Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new() { Service = "agents.v1.FleetService" })).Status);
    }

    [Fact]
    public void Methods_All_DeclareWhoMayCallThem()
    {
        var methods = controller.Application.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName).OfType<string>().Distinct().ToList();

        var undeclared = methods.Where(method => MethodRoles.Of(method) == Role.Unspecified && UserGateInterceptor.RoleOf(Role.Unspecified, method) is null
            && !method.StartsWith("/grpc.health.v1.Health/", StringComparison.Ordinal));

        Assert.True(methods.Count >= 16);
        Assert.Empty(undeclared);
    }

    /// <summary>The same calls are made above by our own client; this one shows that a stranger's finds its way.</summary>
    [Requires(Requirement.Grpcurl)]
    public async Task Grpcurl_ThroughReflection_ListsAndCalls()
    {
        var services = await RunAsync(Surroundings.Tool("grpcurl"), "list");
        var hosts = await RunAsync(Surroundings.Tool("grpcurl"), "agents.v1.FleetService/ListHosts");

        Assert.Contains("agents.v1.PostgresClusterService", services, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"h1\"", hosts, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string program, string verb)
    {
        using var process = Process.Start(new ProcessStartInfo(program)
        {
            ArgumentList = { "-plaintext", "-H", $"authorization: Bearer {controller.AdminToken}", controller.GrpcAddress, verb },
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync().DefaultTimeout();
        await process.WaitForExitAsync().DefaultTimeout();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static async Task<RpcException> RefusalOf<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.DefaultTimeout());
}
