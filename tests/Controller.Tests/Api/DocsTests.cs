using System.Reflection;
using System.Text.Json.Nodes;
using Agents.Controller.Api;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Tests.Api;

/// <summary>The pages for users name all that they can call and all that they can be told.</summary>
public sealed class DocsTests
{
    /// <summary>Every call stands in a row with its address and what its query may say. An alias is a sentence of the page.</summary>
    [Fact]
    public void ApiPage_EveryCall_HasARow()
    {
        var rows = Read("api.md").Split('\n');
        var paths = JsonNode.Parse(Read("openapi.json"))!["paths"]!.AsObject().Where(path => !path.Key.StartsWith("/api/v1/postgres/cluster/", StringComparison.Ordinal) && path.Key != "/api/v1/postgres/cluster");

        Assert.All(paths.SelectMany(path => path.Value!.AsObject().Select(method => (Path: path.Key, Method: method.Key.ToUpperInvariant(), Call: method.Value!))), call =>
        {
            var row = rows.FirstOrDefault(row => row.StartsWith($"| {call.Method} ", StringComparison.Ordinal) && row.Contains($"`{call.Path}`", StringComparison.Ordinal));
            Assert.True(row is not null, $"{call.Method} {call.Path} has no row");
            Assert.All(QueryOf(call.Call), name => Assert.Contains($"{name}=", row, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void ApiPage_EveryReason_HasARow() => Assert.All(Errors.Reasons, reason => Assert.Contains($"\n| {reason} |", Read("api.md"), StringComparison.Ordinal));

    [Fact]
    public void OperationsPage_EveryKindAndItsSteps_AreNamed()
    {
        var page = Read("operations.md");
        var kinds = typeof(OperationKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.All(kinds, kind => Assert.All(EngineTable.All.Select(engine => engine.StepsOf(kind)).Where(steps => !steps.IsEmpty), steps =>
            Assert.Contains($"`{kind}` ({string.Join(", ", steps)}", page, StringComparison.Ordinal)));
        Assert.All(OperationSteps.OfPurge, step => Assert.Contains(step.Name, page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> QueryOf(JsonNode call) =>
        (call["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == "query").Select(parameter => (string)parameter!["name"]!);

    private static string Read(string page)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Agents.sln")))
            directory = directory.Parent!;
        return File.ReadAllText(Path.Combine(directory.FullName, "docs", page));
    }
}
