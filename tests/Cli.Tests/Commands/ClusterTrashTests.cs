using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>Deleted clusters, as a user sees them.</summary>
public sealed class ClusterTrashTests : ClusterCommandTests
{
    private const string Listed = $"GET {Clusters}";

    [Fact]
    public async Task List_Deleted_ShowsWhenEachIsPurgedAndWhatWaits()
    {
        Controller.Answer(Listed, $$"""{"clusters":[{{Deleted("kept", "")}},{{Deleted("lost", "went with host h3")}}]}""");

        var result = await Terminal.RunAsync("postgres cluster list --deleted");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("deleted=true", Controller.LastRequest.Path, StringComparison.Ordinal);
        var lines = result.Out.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("kept", StringComparison.Ordinal) && line.Contains("2027-01-02 03:04 UTC", StringComparison.Ordinal) && line.Contains("h1: kept-1 (primary)", StringComparison.Ordinal) && line.Contains("clocks", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("lost", StringComparison.Ordinal) && line.Contains("data gone", StringComparison.Ordinal) && line.Contains("went with host h3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_DeletedButNothingIsThere_SaysSo()
    {
        Controller.Answer(Listed, """{"clusters":[]}""");

        var result = await Terminal.RunAsync("postgres cluster list --deleted");

        Assert.Equal((0, "nothing lies in the trash\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Get_Deleted_ShowsHowFarEachNodeHadCome()
    {
        Controller.Answer($"GET {Clusters}/{Sample.ClusterId}", $$"""{{Deleted("kept", "")}}""");

        var result = await Terminal.RunAsync($"postgres cluster get {Sample.ClusterId}");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("0/3000148", result.Out, StringComparison.Ordinal);
        Assert.Contains("2027-01-02 03:04 UTC", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_DataIsGone_SaysWhy()
    {
        Controller.Answer($"GET {Clusters}/{Sample.ClusterId}", Deleted("lost", "went with host h3"));

        var result = await Terminal.RunAsync($"postgres cluster get {Sample.ClusterId}");

        Assert.Contains("went with host h3", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("VOLUMES", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undelete_NameAndPrimary_SaysSoToTheServerAndWaits()
    {
        Ends();
        Controller.Answer($"POST {Clusters}/demo/undelete", $$"""{"operation":{{Sample.Operation("running", "running", "pending")}}}""", 202);

        var result = await Terminal.RunAsync("postgres cluster undelete demo --name again --primary demo-2 --reason test --request-id r1");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(new FakeRequest("POST", $"{Clusters}/demo/undelete", """{"name":"again","primary":"demo-2","reason":"test"}""", "r1"), Controller.Requests.First());
        Assert.Contains("is back", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undelete_NobodyKnowsThePrimary_SaysWhatTheServerSays()
    {
        Controller.Answer($"POST {Clusters}/demo/undelete", Problem.Of("No placement", "NO_PLACEMENT", "nobody knows which of its nodes was the primary: say it"), 409);

        var result = await Terminal.RunAsync("postgres cluster undelete demo");

        Assert.Equal((3, "error: nobody knows which of its nodes was the primary: say it [NO_PLACEMENT]\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Delete_PurgeOfADeletedOne_AsksForItsIdAndSaysSoToTheServer()
    {
        Ends();
        Controller.Answer($"DELETE {Clusters}/{Sample.ClusterId}", $$"""{"operation":{{Sample.Operation("running", "running", "pending")}}}""", 202);
        Terminal.IsPerson = true;
        Terminal.Input = $"{Sample.ClusterId}\n";

        var result = await Terminal.RunAsync($"postgres cluster delete {Sample.ClusterId} --purge");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("its data, which cannot be had back. Type its id to go on", result.Error, StringComparison.Ordinal);
        Assert.Equal($"{Clusters}/{Sample.ClusterId}?purge=true", Controller.Requests.First().Path);
    }

    private static string Deleted(string name, string gone)
    {
        var volume = gone.Length > 0 ? "" : $$"""{"host":"h1","volume":"v","name":"{{name}}-1","role":"primary","timeline":1,"lsn":"0/3000148","trouble":"clocks"}""";
        var trash = $$"""{"purge_at":"2027-01-02T03:04:00Z","gone":"{{gone}}","volumes":[{{volume}}]}""";
        return $$"""{"id":"{{Sample.ClusterId}}","project":"default","name":"{{name}}","status":{"phase":"deleted"},"deleted_at":"2026-12-26T03:04:00Z","trash":{{trash}} }""";
    }

    private void Ends() => Controller.AddOperation(Sample.OperationId).Now(Sample.Operation("succeeded", "succeeded", "succeeded", ""), isDone: true);
}
