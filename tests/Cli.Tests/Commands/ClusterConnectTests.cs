using System.Text.Json;
using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>How to connect, as a user is told.</summary>
public sealed class ClusterConnectTests : ClusterCommandTests
{
    [Fact]
    public async Task Connect_ReadOnly_NamesThoseEndpoints()
    {
        var result = await Terminal.RunAsync("postgres cluster connect demo --read-only --format jdbc");

        Assert.StartsWith("jdbc:postgresql://10.89.0.11:20011,10.89.0.12:20011/app?", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("targetServerType=any\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_Json_PrintsTheAnswer()
    {
        var result = await Terminal.RunAsync("postgres cluster connect demo --role app -o json");

        Assert.Equal($"{Clusters}/demo/credentials?role=app", Controller.LastRequest.Path);
        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal("app", document.RootElement.GetProperty("role").GetString());
    }

    [Fact]
    public async Task Connect_CaFile_IsWrittenAndUsed()
    {
        var file = Path.Combine(Path.GetTempPath(), $"agentctl-{Guid.NewGuid():N}.pem");
        try
        {
            var result = await Terminal.RunAsync($"postgres cluster connect demo --format env --ca-file {file}");

            Assert.Contains($"export PGSSLMODE='verify-full'\nexport PGSSLROOTCERT='{file}'\n", result.Out, StringComparison.Ordinal);
            Assert.StartsWith("-----BEGIN CERTIFICATE-----\n", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Connect_CaFileThatCannotBe_IsWrongUse()
    {
        var result = await Terminal.RunAsync("postgres cluster connect demo --ca-file /proc/no/such.pem");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.StartsWith("error: --ca-file: /proc/no/such.pem cannot be written", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_RoleOfNoDatabase_SaysWhereItsPasswordIs()
    {
        Controller.Answer($"GET {Clusters}/demo/credentials", """{"role":"statistics","password":"x","version":1}""");

        var result = await Terminal.RunAsync("postgres cluster connect demo --role statistics");

        Assert.Equal((2, "error: \"statistics\" is no role of PostgreSQL, so there is no connection string: use \"connect --output json\" to see its password\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Connect_NoEndpointsYet_SaysSo()
    {
        Controller.Answer($"GET {Clusters}/demo", Sample.NewCluster);

        var result = await Terminal.RunAsync("postgres cluster connect demo");

        Assert.Equal((2, "error: the cluster fresh has no endpoints yet (it is creating): try again when it runs\n"), (result.ExitCode, result.Error));
    }
}
