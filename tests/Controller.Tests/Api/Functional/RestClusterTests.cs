using System.Net;
using System.Text.Json.Nodes;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Controller.Tests.Api.Functional;

public sealed class RestClusterTests(RunningController controller) : IClassFixture<RunningController>
{
    private const string Clusters = "/api/v1/postgres/clusters";

    [Fact]
    public async Task Create_NameAlone_IsAcceptedWithLocationOperationClusterAndPlan()
    {
        using var response = await controller.SendAsync("POST", Clusters, """{"name":"accepted"}""", ("Idempotency-Key", "accepted-1"));
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/api/v1/operations/{body["operation"]!["id"]}", response.Headers.Location!.ToString());
        Assert.Equal("postgres.cluster.create", (string)body["operation"]!["kind"]!);
        Assert.Equal("pending", (string)body["operation"]!["state"]!);
        Assert.Equal("accepted-1", (string)body["operation"]!["request_id"]!);
        Assert.True((bool)body["operation"]!["cancellable"]!);
        Assert.Equal("{}", body["cluster"]!["spec"]!.ToJsonString());
        Assert.Equal("patroni", (string)body["cluster"]!["status"]!["effective"]!["engine"]!);
        Assert.Equal("quorum", (string)body["cluster"]!["status"]!["effective"]!["durability"]!);
        Assert.Equal(536870912, (long)body["cluster"]!["status"]!["effective"]!["resources"]!["memory_bytes"]!);
        Assert.Equal("creating", (string)body["cluster"]!["status"]!["phase"]!);
        Assert.Equal(8, body["plan"]!["instances"]!.AsArray().Count);
        Assert.Equal(20000, (int)body["plan"]!["instances"]![0]!["ports"]!["postgres"]!);
    }

    [Fact]
    public async Task Create_TwiceAtOnceWithOneKey_IsOneCluster()
    {
        var sends = Enumerable.Range(0, 8).Select(_ => controller.JsonAsync("POST", Clusters, """{"name":"once"}""", ("Idempotency-Key", "once")));

        var answers = await Task.WhenAll(sends.ToList());

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        Assert.Single(answers.Select(answer => (string)answer.Body["cluster"]!["id"]!).Distinct());
        Assert.Single(answers.Select(answer => (string)answer.Body["operation"]!["id"]!).Distinct());
        Assert.Single(answers.Select(answer => answer.Body["plan"]!.ToJsonString()).Distinct());
    }

    [Fact]
    public async Task Create_KeyOfAnotherRequest_IsAConflict()
    {
        await controller.JsonAsync("POST", Clusters, """{"name":"reused"}""", ("Idempotency-Key", "reused"));

        var (status, body) = await controller.JsonAsync("POST", Clusters, """{"name":"reused2"}""", ("Idempotency-Key", "reused"));

        Assert.Equal((HttpStatusCode.Conflict, "REQUEST_ID_REUSED"), (status, (string)body["reason"]!));
    }

    [Theory]
    [InlineData("""{"name":"x","spec":{"node_count":0}}""", "$.spec.node_count", "use 1 to 9: the primary and its replicas")]
    [InlineData("""{"name":"x","spec":{"node_count":1000}}""", "$.spec.node_count", "use 1 to 9: the primary and its replicas")]
    [InlineData("""{"name":"x","spec":{"node_count":"3"}}""", "$.spec.node_count", "expected a whole number")]
    [InlineData("""{"name":"x","spec":{"node_count":3.5}}""", "$.spec.node_count", "expected a whole number")]
    [InlineData("""{"name":"x","spec":{"node_count":3000000000}}""", "$.spec.node_count", "expected a whole number")]
    [InlineData("""{"name":"x","spec":{"postgres_version":"9.6"}}""", "$.spec.postgres_version", "use one of: 17")]
    [InlineData("""{"name":"x","spec":{"postgres_version":17}}""", "$.spec.postgres_version", "expected text")]
    [InlineData("""{"name":"x","spec":{"engine":"repmgr"}}""", "$.spec.engine", "use one of: patroni, pg_auto_failover")]
    [InlineData("""{"name":"x","spec":{"engine":"pg_auto_failover"}}""", "$.spec.engine", "this version creates clusters with \"patroni\" only")]
    [InlineData("""{"name":"x","spec":{"durability":"unspecified"}}""", "$.spec.durability", "use one of: async, sync, quorum, strict")]
    [InlineData("""{"name":"x","spec":{"deletion_protection":"no"}}""", "$.spec.deletion_protection", "expected true or false")]
    [InlineData("""{"name":"x","spec":[]}""", "$.spec", "expected an object")]
    [InlineData("""{"name":"x","labels":{"a":1}}""", "$.labels.a", "expected text")]
    [InlineData("""{"name":"x","labels":{"a":"1","a":"2"}}""", "$.labels.a", "this field is given twice")]
    [InlineData("""{"name":"x","labels":"a"}""", "$.labels", "expected an object")]
    [InlineData("""{"name":"x","spec":{"proxies":{"size":2}}}""", "$.spec.proxies.size", "there is no such field here; known are: count")]
    [InlineData("""{"name":"x","validate_only":true}""", "$.validate_only", "there is no such field here; known are: project, name, labels, spec, reason")]
    [InlineData("""{"name":"x","name":"y"}""", "$.name", "this field is given twice")]
    [InlineData("""{"name":"Demo"}""", "$.name", "use a DNS label: 1 to 40 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen; an id is no name")]
    [InlineData("""{"name":"a_b"}""", "$.name", "use a DNS label: 1 to 40 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen; an id is no name")]
    [InlineData("""{}""", "$.name", "use a DNS label: 1 to 40 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen; an id is no name")]
    [InlineData("""[]""", "$", "expected an object")]
    [InlineData("""{"name":"x",}""", "$", "this is not JSON: line 1, byte 13")]
    [InlineData("""{"name":"x"} {}""", "$", "this is not JSON: line 1, byte 14")]
    [InlineData("", "$", "this is not JSON: line 1, byte 1")]
    [InlineData("""{"name":"\ud800"}""", "$.name", "this is not Unicode text: byte 9 of the body")]
    [InlineData("""{"name":"x","labels":{"a":"\udc00"}}""", "$.labels.a", "this is not Unicode text: byte 27 of the body")]
    [InlineData("""{"name":"x","labels":{"\ud800":"a"}}""", "$.labels", "this is not Unicode text: byte 23 of the body")]
    public async Task Create_BadInput_NamesThePathAndSaysWhatToDo(string request, string path, string message)
    {
        var (status, body) = await controller.JsonAsync("POST", Clusters, request);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("INVALID_ARGUMENT", (string)body["reason"]!);
        var violation = Assert.Single(body["violations"]!.AsArray())!;
        Assert.Equal((path, message), ((string)violation["path"]!, (string)violation["message"]!));
    }

    [Fact]
    public async Task Create_TooDeep_IsRefused()
    {
        var (status, body) = await controller.JsonAsync("POST", Clusters, $$"""{"name":{{new string('[', 40)}}{{new string(']', 40)}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("$", (string)body["violations"]![0]!["path"]!);
    }

    [Fact]
    public async Task Create_TooLarge_IsRefused()
    {
        // The connection is closed without reading what is too large: a client that does not ask first may be cut off before it sees the answer.
        var (status, body) = await controller.JsonAsync("POST", Clusters, $$"""{"name":"{{new string('a', 1024 * 1024)}}"}""", ("Expect", "100-continue"));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "LIMIT_REACHED"), (status, (string)body["reason"]!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?validate_only=true")]
    public async Task Create_TooFewHosts_IsAConflictThatExplains(string query)
    {
        var (status, body) = await controller.JsonAsync("POST", Clusters + query, """{"name":"nine","spec":{"node_count":9,"placement":{"host_labels":{"zone":"b"}}}}""");

        Assert.Equal((HttpStatusCode.Conflict, "NO_PLACEMENT"), (status, (string)body["reason"]!));
        Assert.Equal("its label zone is a, not b", (string)body["metadata"]!["host.h1"]!);
    }

    [Fact]
    public async Task Create_ValidateOnly_PlansAndCreatesNothing()
    {
        var (status, body) = await controller.JsonAsync("POST", Clusters + "?validate_only=true", """{"name":"planned"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["plan"], body.AsObject().Select(property => property.Key));
        Assert.Equal(HttpStatusCode.NotFound, (await controller.JsonAsync("GET", Clusters + "/planned")).Status);
    }

    [Fact]
    public async Task Create_NotStrict_IsPlacedTogetherWithWarnings()
    {
        var (status, body) = await controller.JsonAsync(
            "POST", Clusters + "?validate_only=true", """{"name":"together","spec":{"node_count":5,"placement":{"strict":false}}}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEmpty(body["plan"]!["warnings"]!.AsArray());
    }

    [Theory]
    [InlineData("?validate_only=yes", "?validate_only", "use true or false")]
    [InlineData("?validate_only=", "?validate_only", "use true or false")]
    [InlineData("?dry_run=true", "?dry_run", "there is no such parameter; known are: validate_only")]
    [InlineData("?validate_only=true&validate_only=false", "?validate_only", "this parameter is given twice")]
    public async Task Create_BadQuery_NamesTheParameter(string query, string path, string message)
    {
        var (status, body) = await controller.JsonAsync("POST", Clusters + query, """{"name":"x"}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((path, message), ((string)body["violations"]![0]!["path"]!, (string)body["violations"]![0]!["message"]!));
    }

    [Theory]
    [InlineData("?page_size=x", "?page_size")]
    [InlineData("?page_size=5000", "?page_size")]
    [InlineData("?page_size=", "?page_size")]
    [InlineData("?page_token=!", "?page_token")]
    public async Task List_BadQuery_NamesTheParameter(string query, string path)
    {
        var (status, body) = await controller.JsonAsync("GET", Clusters + query);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(path, (string)body["violations"]![0]!["path"]!);
    }

    [Fact]
    public async Task Get_PluralAndSingularByIdAndName_AreTheSame()
    {
        var cluster = await AddAsync(A.Cluster(11));

        using var byName = await controller.SendAsync("GET", $"{Clusters}/{cluster.Name}");
        using var byId = await controller.SendAsync("GET", $"/api/v1/postgres/cluster/{cluster.Id}");

        Assert.Equal("\"1\"", byName.Headers.ETag!.ToString());
        Assert.Equal(await byName.Content.ReadAsStringAsync(), await byId.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Patch_LabelsAndProtection_ChangesThemUnderTheirEtag()
    {
        var cluster = await AddAsync(A.Cluster(12) with { Labels = new LabelSet([new("old", "1")]) });
        const string Patch = """{"labels":{"old":null,"team":"a"},"spec":{"deletion_protection":false}}""";

        var (status, body) = await controller.JsonAsync("PATCH", $"{Clusters}/{cluster.Name}", Patch, ("If-Match", "\"1\""));
        var (again, problem) = await controller.JsonAsync("PATCH", $"{Clusters}/{cluster.Name}", """{"labels":{"team":"b"}}""", ("If-Match", "\"1\""));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"team":"a"}""", body["labels"]!.ToJsonString());
        Assert.False((bool)body["spec"]!["deletion_protection"]!);
        Assert.Equal("2", (string)body["etag"]!);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "2"), (again, (string)problem["metadata"]!["etag"]!));
    }

    [Fact]
    public async Task Patch_FixedFields_AreNamed()
    {
        var cluster = await AddAsync(A.Cluster(13));

        var (status, body) = await controller.JsonAsync("PATCH", $"{Clusters}/{cluster.Name}", """{"spec":{"node_count":5,"engine":"patroni"}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["$.spec.engine", "$.spec.node_count"], body["violations"]!.AsArray().Select(violation => (string)violation!["path"]!));
    }

    [Fact]
    public async Task Put_TheWhole_ReplacesLabelsAndProtection()
    {
        var cluster = await AddAsync(A.Cluster(17) with { Labels = new LabelSet([new("old", "1"), new("kept", "1")]), Spec = new PostgresClusterSpec { NodeCount = 3 } });
        var whole = JsonNode.Parse("""{"labels":{"kept":"2","team":"a"},"spec":{"node_count":3,"deletion_protection":false}}""")!.ToJsonString();

        var (status, body) = await controller.JsonAsync("PUT", $"{Clusters}/{cluster.Name}", whole, ("If-Match", "\"1\""));
        var (again, problem) = await controller.JsonAsync("PUT", $"{Clusters}/{cluster.Name}", whole, ("If-Match", "\"1\""));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"kept":"2","team":"a"}""", body["labels"]!.ToJsonString());
        Assert.False((bool)body["spec"]!["deletion_protection"]!);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "2"), (again, (string)problem["metadata"]!["etag"]!));
    }

    [Fact]
    public async Task Put_FieldsLeftOut_AreNoLongerSaid()
    {
        var cluster = await AddAsync(A.Cluster(18) with { Labels = new LabelSet([new("old", "1")]), Spec = new PostgresClusterSpec { NodeCount = 3, DeletionProtection = false } });

        var (fixedField, problem) = await controller.JsonAsync("PUT", $"{Clusters}/{cluster.Name}", "{}", ("If-Match", "\"1\""));
        var (status, body) = await controller.JsonAsync("PUT", $"{Clusters}/{cluster.Name}", """{"spec":{"node_count":3}}""", ("If-Match", "\"1\""));

        Assert.Equal((HttpStatusCode.BadRequest, "$.spec.node_count"), (fixedField, (string)problem["violations"]![0]!["path"]!));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(body["labels"]!.AsObject());
        Assert.True((bool)body["status"]!["effective"]!["deletion_protection"]!);
    }

    [Fact]
    public async Task Put_WithoutIfMatch_IsRefused()
    {
        var cluster = await AddAsync(A.Cluster(19));

        var (status, body) = await controller.JsonAsync("PUT", $"{Clusters}/{cluster.Name}", "{}");

        Assert.Equal((HttpStatusCode.PreconditionRequired, "ETAG_MISSING"), (status, (string)body["reason"]!));
    }

    [Fact]
    public async Task Delete_Protected_IsAConflict()
    {
        var cluster = await AddAsync(A.Cluster(14));

        var (status, body) = await controller.JsonAsync("DELETE", $"{Clusters}/{cluster.Name}");

        Assert.Equal((HttpStatusCode.Conflict, "DELETION_PROTECTED"), (status, (string)body["reason"]!));
    }

    [Fact]
    public async Task Delete_WaitForItsEnd_AnswersWithTheEnd()
    {
        var cluster = A.Cluster(15);
        await AddAsync(cluster with { Effective = cluster.Effective with { DeletionProtection = false } });

        var delete = controller.JsonAsync("DELETE", $"{Clusters}/{cluster.Name}?purge=true&reason=done", null, ("Prefer", "respond-async, wait=30"));
        var operation = await NextOperationAsync(cluster.Id);
        await controller.WriteAsync(writer => writer.UpdateOperation(operation with { State = OperationState.Succeeded, EndedAt = A.Time }));
        controller.Nudge.Nudge();
        var (status, body) = await delete.DefaultTimeout();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("succeeded", (string)body["operation"]!["state"]!);
        Assert.Equal("done", (string)body["operation"]!["reason"]!);
    }

    [Fact]
    public async Task Credentials_BeforeTheyAreMade_AreNotThere()
    {
        var cluster = await AddAsync(A.Cluster(16));

        Assert.Equal(HttpStatusCode.NotFound, (await controller.JsonAsync("GET", $"{Clusters}/{cluster.Name}/credentials")).Status);
    }

    private async Task<Cluster> AddAsync(Cluster cluster)
    {
        await controller.WriteAsync(writer => writer.AddCluster(cluster));
        return cluster;
    }

    private async Task<Operation> NextOperationAsync(ClusterId cluster)
    {
        while (true)
        {
            var nudged = controller.Nudge.NextAsync(CancellationToken.None);
            var operations = await controller.Store.ReadAsync(reader => reader.ListOperations(new(null, cluster.Value, null, 1)), CancellationToken.None);
            if (operations.Count > 0)
                return operations[0];
            await nudged.DefaultTimeout();
        }
    }
}
