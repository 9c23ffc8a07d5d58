using System.Text;
using System.Text.Json.Nodes;
using Agents.Controller.Api.Rest;
using Agents.Controller.Api.Rest.Endpoints;
using Agents.Controller.Application;
using Agents.Controller.Stores;
using Agents.Controller.Tests.Application;
using Agents.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Agents.Controller.Tests.Api.Rest;

/// <summary>Verbs over REST, as their proto file declares them.</summary>
public sealed class RestVerbsTests
{
    private readonly Dictionary<string, (RestContract Contract, Func<RestCall, Task> Handle)> _verbs = [];
    private readonly RecordingService _service = new();

    public RestVerbsTests() => PostgresClusterService.BindService(
        new RestVerbs(PostgresClusterService.Descriptor, new OperationAnswers(null!), (path, contract, handle) => _verbs.Add(path, (contract, handle))), _service);

    [Fact]
    public void Contract_OfAVerb_IsWhatItsProtoDeclares()
    {
        var contract = _verbs["/{id}/undelete"].Contract;

        Assert.Equal(("undeletePostgresCluster", UserRole.Operator, true, false), (contract.OperationId, contract.Role, contract.IsIdempotent, contract.IsConditional));
        Assert.StartsWith("Brings a deleted cluster back", contract.Summary, StringComparison.Ordinal);
        Assert.Subset(contract.BodyFields.ToHashSet(), new HashSet<string> { "name", "reason" });
        Assert.DoesNotContain(contract.BodyFields, field => field is "id" or "project" or "request_id");
    }

    [Fact]
    public async Task Call_OfAVerb_IsReadFromPathQueryHeadersAndBody()
    {
        var context = ContextOf("""{"name":"shop2","reason":"why"}""");

        await CallAsync(context);

        Assert.Equal(new UndeletePostgresClusterRequest { Id = "shop", Project = "p", RequestId = "key", Name = "shop2", Reason = "why" }, _service.Request);
        Assert.Equal(UseCases.Admin, _service.Caller);
    }

    [Fact]
    public async Task Call_OfAVerb_AnswersWithItsOperationAndWhereThatIs()
    {
        var context = ContextOf("{}");

        await CallAsync(context);

        var body = JsonNode.Parse(Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()))!;
        Assert.Equal((StatusCodes.Status202Accepted, "/api/v1/operations/o1", "o1"), (context.Response.StatusCode, context.Response.Headers.Location.ToString(), (string)body["operation"]!["id"]!));
    }

    [Fact]
    public async Task Call_WithWhatThePathSays_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => CallAsync(ContextOf("""{"id":"other"}""")));

        Assert.Equal("$.id", Assert.Single(refused.Refusal.Violations).Path);
    }

    [Fact]
    public async Task Call_OfAVerbThatIsOnlyPlanned_AnswersWithItsPlanAndNoOperation()
    {
        var context = ContextOf("""{"to":"shop-2"}""");
        context.Request.QueryString = new QueryString("?project=p&validate_only=true");

        await CallAsync(context, "switchover");

        var body = JsonNode.Parse(Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()))!;
        Assert.Equal((StatusCodes.Status200OK, ""), (context.Response.StatusCode, context.Response.Headers.Location.ToString()));
        Assert.Equal("""{"plan":{"steps":["hand over"],"notes":["to shop-2"]}}""", body.ToJsonString());
    }

    [Fact]
    public async Task Call_ThatSaysInItsBodyThatItIsOnlyPlanned_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => CallAsync(ContextOf("""{"validate_only":true}"""), "switchover"));

        Assert.Equal("$.validate_only", Assert.Single(refused.Refusal.Violations).Path);
    }

    private Task CallAsync(HttpContext context, string verb = "undelete")
    {
        var (contract, handle) = _verbs[$"/{{id}}/{verb}"];
        return handle(new RestCall(context, contract));
    }

    private static DefaultHttpContext ContextOf(string body)
    {
        var context = new DefaultHttpContext();
        context.Request.RouteValues["id"] = "shop";
        context.Request.QueryString = new QueryString("?project=p");
        context.Request.Headers["Idempotency-Key"] = "key";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        context.Features.Set(UseCases.Admin);
        return context;
    }

    private sealed class RecordingService : PostgresClusterService.PostgresClusterServiceBase
    {
        public override Task<SwitchoverPostgresClusterResponse> SwitchoverPostgresCluster(SwitchoverPostgresClusterRequest request, ServerCallContext context) => Task.FromResult(
            request.ValidateOnly ? new SwitchoverPostgresClusterResponse { Plan = new VerbPlan { Steps = { "hand over" }, Notes = { $"to {request.To}" } } } : new SwitchoverPostgresClusterResponse { Operation = new Operation { Id = "o1" } });

        public UndeletePostgresClusterRequest? Request { get; private set; }

        public Caller? Caller { get; private set; }

        public override Task<UndeletePostgresClusterResponse> UndeletePostgresCluster(UndeletePostgresClusterRequest request, ServerCallContext context)
        {
            (Request, Caller) = (request, Controller.Api.Grpc.CallContexts.Caller(context));
            return Task.FromResult(new UndeletePostgresClusterResponse { Operation = new Operation { Id = "o1" } });
        }
    }
}
