using System.Text.Json.Nodes;
using Agents.Testing;

namespace Agents.Controller.Tests.Api.Functional;

/// <summary>The OpenAPI document is a golden file. AGENTS_UPDATE_GOLDEN=1 writes it anew, but not in CI: a change of the interface is a change that somebody looked at.</summary>
public sealed class OpenApiTests(RunningController controller) : IClassFixture<RunningController>
{
    [Fact]
    public async Task Document_IsTheGoldenOne()
    {
        var path = Path.Combine(RepositoryRoot(), "docs", "openapi.json");
        var document = (await controller.Http.GetStringAsync("/openapi/v1.json").DefaultTimeout()).ReplaceLineEndings("\n") + "\n";

        if (Environment.GetEnvironmentVariable("AGENTS_UPDATE_GOLDEN") == "1")
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") is null or "" or "false", "golden files are not written in CI");
            await File.WriteAllTextAsync(path, document);
        }

        Assert.True(await File.ReadAllTextAsync(path) == document, $"the interface is not {path} any more; look at the change and write it anew with AGENTS_UPDATE_GOLDEN=1");
    }

    [Fact]
    public async Task Document_EveryCall_HasAnIdOfItsOwn()
    {
        var ids = (await OperationsAsync()).Select(operation => (string?)operation["operationId"]).ToList();

        Assert.All(ids, id => Assert.Matches("^[a-z][A-Za-z]+$", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task Document_WhatIsAcceptedOrPlanned_AnswersBothWays()
    {
        var accepted = (await OperationsAsync()).Where(operation => operation["responses"]!["202"] is not null).ToList();

        Assert.Contains(accepted, operation => (string?)operation["operationId"] == "createPostgresCluster");
        Assert.All(accepted, operation => Assert.Equal(SchemaOf(operation, "202"), SchemaOf(operation, "200")));
    }

    private async Task<List<JsonObject>> OperationsAsync()
    {
        var document = JsonNode.Parse(await controller.Http.GetStringAsync("/openapi/v1.json").DefaultTimeout())!;
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!.AsObject())];
    }

    private static string SchemaOf(JsonObject operation, string status) => operation["responses"]![status]!["content"]!["application/json"]!["schema"]!.ToJsonString();

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Agents.sln")))
            directory = directory.Parent!;
        return directory.FullName;
    }
}
