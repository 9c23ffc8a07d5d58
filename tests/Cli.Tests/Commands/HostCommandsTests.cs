using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>The commands for hosts, as a user sees them.</summary>
public sealed class HostCommandsTests : CommandTests
{
    [Fact]
    public async Task List_Hosts_ShowsThemAndTheirWarnings()
    {
        Controller.Answer("GET /api/v1/hosts", $$"""{"hosts":[{{Sample.Host("h1")}},{{Sample.Host("h2")}},{{Sample.SilentHost}}]}""");

        var result = await Terminal.RunAsync("host list");

        Assert.Equal(
            """
            NAME  STATE                  ADDRESS     CPUS  MEMORY  FREE-DISK  DOCKER    INSTANCES  AGENT  CERT
            h1    ready                  10.89.0.11     2  24 GiB     15 GiB  20.10.24          3  0.1.0  29 d
            h2    ready                  10.89.0.11     2  24 GiB     15 GiB  20.10.24          3  0.1.0  29 d
            h9    disconnected,cordoned  -              -       -          -  -                 0  -         -

            warning: h1, h2: live-restore is off
            warning: h9: disconnected: not heard for 2 minutes

            """,
            result.Out);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task List_NoHosts_SaysHowToGetOne()
    {
        Controller.Answer("GET /api/v1/hosts", """{"hosts":[]}""");

        var result = await Terminal.RunAsync("host list");

        Assert.Equal("there are no hosts yet: make a token with \"agentctl token create\" and give it to an agent\n", result.Error);
        Assert.Equal((0, ""), (result.ExitCode, result.Out));
    }

    [Fact]
    public async Task List_TwoPages_AreOneAnswer()
    {
        Controller.Answer("GET /api/v1/hosts?project=shop&page_size=1000", """{"hosts":[{"name":"h1","new_field":1.50}],"next_page_token":"n+1"}""");
        Controller.Answer("GET /api/v1/hosts?project=shop&page_size=1000&page_token=n%2B1", """{"hosts":[{"name":"h2"}]}""");

        var result = await Terminal.RunAsync("host list --project shop --output json");

        Assert.Equal(
            """
            {
              "hosts": [
                {
                  "name": "h1",
                  "new_field": 1.50
                },
                {
                  "name": "h2"
                }
              ]
            }

            """,
            result.Out);
    }

    [Fact]
    public async Task List_WideNames_FitTheScreen()
    {
        var name = new string('a', 63);
        Controller.Answer("GET /api/v1/hosts", $$"""{"hosts":[{{Sample.Host(name)}},{{Sample.SilentHost}}]}""");

        var result = await Terminal.RunAsync("host list");

        Assert.All(result.Out.Split('\n').Where(line => !line.StartsWith("warning", StringComparison.Ordinal)), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public async Task List_ControlCharacters_DoNotReachTheTerminal()
    {
        Controller.Answer("GET /api/v1/hosts", """{"hosts":[{"name":"h1[red]","state":"\u001b[31mready","warnings":["\u001b]0;x\u0007\u202egpj.\u2028\u009b2J"]}]}""");

        var result = await Terminal.RunAsync("host list");

        Assert.DoesNotContain(result.Out, character => character is '\u001b' or '\u202e' or '\u2028' or '\u009b');
        Assert.Contains("h1[red]", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OnATerminal_HasColoursUnlessTheyAreNotWanted()
    {
        Controller.Answer("GET /api/v1/hosts", $$"""{"hosts":[{{Sample.Host("h1")}}]}""");
        Terminal.IsPerson = true;

        var coloured = await Terminal.RunAsync("host list");
        using var plain = Terminal.Of(Controller);
        plain.IsPerson = true;
        plain.Variables["NO_COLOR"] = "1";

        Assert.Contains("\u001b[", coloured.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', (await plain.RunAsync("host list")).Out);
    }

    [Fact]
    public async Task Get_Host_ShowsAllThatIsKnown()
    {
        Controller.Answer("GET /api/v1/hosts/h1", Sample.Host("h1"));

        var result = await Terminal.RunAsync("host get h1");

        Assert.Equal(
            """
            Name               h1
            Id                 id-h1
            Project            default
            State              ready
            Reason             -
            Labels             rack=a
            Instances          3
            Agent              0.1.0
            Joined             2026-11-22 05:00:00Z (1h0m ago)
            Last heard         2026-11-22 05:59:58Z (2s ago)
            Certificate until  2026-12-22 05:00:00Z (29 d)
            System             Debian GNU/Linux 12, 6.1.0, amd64
            CPUs               2
            Memory             24 GiB, 20 GiB available
            Docker's disk      50 GiB, 15 GiB free
            Docker Engine      20.10.24, API 1.41, overlay2
            Cluster address    10.89.0.11
            Client address     10.89.0.11
            Ports              20000-20999
            Network pool       10.90.0.0/16

            warning: live-restore is off

            """,
            result.Out);
    }

    [Fact]
    public async Task Get_SilentHost_ShowsWhatThereIs()
    {
        Controller.Answer("GET /api/v1/hosts/h9", Sample.SilentHost);

        var result = await Terminal.RunAsync("host get h9");

        Assert.Contains("State              disconnected,cordoned\nReason             not heard for 2 minutes\n", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Docker", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host cordon h1", """{"cordoned":true}""")]
    [InlineData("host uncordon h1", """{"cordoned":false}""")]
    [InlineData("host label h1 zone=1 rack-", """{"labels":{"rack":"","zone":"1"}}""")]
    public async Task Change_Host_SendsThatAlone(string line, string body)
    {
        Controller.Answer("PATCH /api/v1/hosts/h1?project=shop", Sample.Host("h1"));

        var result = await Terminal.RunAsync($"{line} --project shop");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(body, Controller.LastRequest.Body);
        Assert.Contains("h1    ready", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_NoLabel_IsWrongUse()
    {
        var result = await Terminal.RunAsync("host label h1 rack");

        Assert.Equal((2, "error: LABEL: \"rack\" is no label: write key=value, or key- to remove it\n"), (result.ExitCode, result.Error));
        Assert.Empty(Controller.Requests);
    }

    private const string Orphaned =
        """
        ,"instances":[{"instance_id":"i1","resource":"demo","kind":"postgres","name":"demo-1","state":"running"}],
        "orphans":[{"kind":"network","name":"iaas-cluster-9","resource_id":"c9"},{"kind":"volume","name":"old-1-data","resource_id":"c9","holds_data":true}],
        "leftovers":[{"kind":"network","name":"iaas-cluster-8","resource_id":"c8","not_before":"2026-11-22T05:00:00Z","trouble":"it has active endpoints"},
        {"kind":"volume","name":"gone-1-data","resource_id":"c8","not_before":"2026-11-24T06:00:00Z"}]
        """;

    [Fact]
    public async Task Get_Host_ShowsWhatIsOnItWhatBelongsToNothingAndWhatIsToBeRemoved()
    {
        Controller.Answer("GET /api/v1/hosts/h1", Sample.Host("h1", Orphaned));

        var result = await Terminal.RunAsync("host get h1");

        Assert.EndsWith(
            """
            warning: live-restore is off

            INSTANCES
            NAME    KIND      CLUSTER  STATE
            demo-1  postgres  demo     running

            ORPHANS: of no cluster, or no node of one, that the controller knows
            NAME            KIND     CLUSTER-ID  DATA
            iaas-cluster-9  network  c9          -
            old-1-data      volume   c9          may hold data

            TO BE REMOVED
            NAME            KIND        WHEN  NOT YET BECAUSE
            iaas-cluster-8  network      now  it has active endpoints
            gone-1-data     volume   in 2d0h  -

            """,
            result.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoveOrphans_DataNamed_SendsIt()
    {
        Controller.Answer("POST /api/v1/hosts/h1/orphans/remove", Sample.Host("h1", Orphaned));

        var result = await Terminal.RunAsync("host remove-orphans h1 --destroy-data old-1-data --request-id r1");

        Assert.Equal((0, """{"destroy_data":["old-1-data"]}""", "r1"), (result.ExitCode, Controller.LastRequest.Body, Controller.LastRequest.RequestId));
        Assert.Contains("volumes that may hold data stay until they are named: --destroy-data VOLUME", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoveOrphans_NothingNamed_AsksForNoData()
    {
        Controller.Answer("POST /api/v1/hosts/h1/orphans/remove", Sample.Host("h1"));

        Assert.Equal((0, "{}"), ((await Terminal.RunAsync("host remove-orphans h1")).ExitCode, Controller.LastRequest.Body));
    }

    [Fact]
    public async Task Revoke_Host_SaysWhatElseIsToBeDone()
    {
        Controller.Answer("POST /api/v1/hosts/h1/revoke", """{"name":"h1","state":"suspect","revoked_at":"2026-11-22T05:59:59Z","warnings":["it held secrets of orders: rotate them"]}""");

        var result = await Terminal.RunAsync("host revoke h1");

        Assert.Contains("revoked", result.Out, StringComparison.Ordinal);
        Assert.Contains("warning: h1: it held secrets of orders: rotate them", result.Out, StringComparison.Ordinal);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("host remove h1", "DELETE /api/v1/hosts/h1")]
    [InlineData("host remove h1 --force h1 --project shop", "DELETE /api/v1/hosts/h1?project=shop&force=h1")]
    public async Task Remove_Host_NamesItOnceMoreWhenForced(string command, string request)
    {
        Controller.Answer(request, """{"left_behind":[]}""");

        var result = await Terminal.RunAsync(command);

        Assert.Equal((0, "the host h1 is removed: its certificate never links again\n"), (result.ExitCode, result.Error));
    }
}
