using System.Collections.Immutable;
using Agents.Controller.Api;
using Agents.Controller.Application;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Agents.Controller.Tests.Api;

public sealed class ErrorsTests
{
    [Fact]
    public void Table_EveryReason_HasAStatusAndAProblem()
    {
        foreach (var reason in Errors.Reasons)
        {
            var refusal = new Refusal(reason, "what to do", [], ImmutableSortedDictionary<string, string>.Empty.Add("key", "value"));

            var rpc = Errors.ToRpc(refusal);
            var problem = Errors.ToProblem(refusal, hasBody: true);

            Assert.NotEqual(StatusCode.OK, rpc.StatusCode);
            Assert.Equal((reason, "value"), (RpcErrors.ReasonOf(rpc), RpcErrors.InfoOf(rpc)!.Metadata["key"]));
            Assert.InRange(problem.Status, 400, 499);
            Assert.Equal((reason, "what to do"), (problem.Reason, problem.Detail));
        }
    }

    [Theory]
    [InlineData("spec.node_count", true, "$.spec.node_count")]
    [InlineData("page_size", false, "?page_size")]
    [InlineData("$.x", false, "$.x")]
    [InlineData("?x", true, "?x")]
    public void Problem_Paths_PointIntoBodyOrQuery(string path, bool hasBody, string expected)
    {
        var refusal = new Refusal(ErrorReasons.InvalidArgument, "", [new Violation(path, "m")], ImmutableSortedDictionary<string, string>.Empty);

        Assert.Equal(expected, Assert.Single(Errors.ToProblem(refusal, hasBody).Violations).Path);
    }

    [Fact]
    public void Unforeseen_IsToldWithoutItsContent()
    {
        var bug = new InvalidOperationException("secret");
        var away = new StoreUnavailableException("secret", new IOException());

        Assert.Equal((StatusCode.Internal, ErrorReasons.Internal), (Errors.ToRpc(bug).StatusCode, RpcErrors.ReasonOf(Errors.ToRpc(bug))));
        Assert.Equal((StatusCode.Unavailable, "STORE_UNAVAILABLE"), (Errors.ToRpc(away).StatusCode, RpcErrors.ReasonOf(Errors.ToRpc(away))));
        Assert.Equal(500, Errors.ToProblem(bug).Status);
        Assert.Equal(503, Errors.ToProblem(away).Status);
        Assert.DoesNotContain("secret", Errors.ToProblem(bug).Detail + Errors.ToProblem(away).Detail + Errors.ToRpc(bug).Status.Detail, StringComparison.Ordinal);
        Assert.Equal(413, Errors.ToProblem(new BadHttpRequestException("", 413)).Status);
        Assert.Equal(400, Errors.ToProblem(new BadHttpRequestException("", 400)).Status);
        Assert.Equal(503, Errors.ToProblem(503).Status);
        Assert.Equal(StatusCode.Unavailable, Errors.ShuttingDown().StatusCode);
    }
}
