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

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Agents.sln")))
            directory = directory.Parent!;
        return directory.FullName;
    }
}
