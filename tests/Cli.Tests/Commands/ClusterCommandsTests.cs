using System.Text.Json;
using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>The commands for clusters, as a user sees them.</summary>
public sealed class ClusterCommandsTests : ClusterCommandTests
{
    private const string Uri = "postgresql://app@10.89.0.11:20010,10.89.0.12:20010/app?sslmode=require&target_session_attrs=read-write";

    private void Ends(string state, string more = "") =>
        Controller.AddOperation(Sample.OperationId).Now(Sample.Operation(state, "succeeded", state == "succeeded" ? "succeeded" : "failed", more), isDone: true);

    [Fact]
    public async Task Create_NothingSaid_LeavesAllToTheServer()
    {
        await Terminal.RunAsync("postgres cluster create demo --no-wait");

        Assert.Equal("""{"name":"demo","spec":{}}""", Controller.LastRequest.Body);
    }

    [Fact]
    public async Task Create_AllSaid_SendsItAll()
    {
        await Terminal.RunAsync(
            [
                .. ("postgres cluster create demo --no-wait --project shop --nodes 5 --durability strict --engine patroni --postgres-version 17 --proxies 2 --database orders "
                    + "--owner shop --memory 2GiB --cpu 1.5 --disk 10GiB --host-label rack=a --host-label zone=1 --no-strict --hang-timeout 30s --deletion-protection off --label team=shop "
                    + "--request-id r1").Split(' '),
                "--reason", "for the shop",
            ]);

        Assert.Equal(
            """
            {"project":"shop","name":"demo","labels":{"team":"shop"},"spec":{"engine":"patroni","postgres_version":"17","node_count":5,"durability":"strict",
            "bootstrap":{"database":"orders","owner":"shop"},"proxies":{"count":2},"placement":{"strict":false,"host_labels":{"rack":"a","zone":"1"}},
            "resources":{"memory_bytes":2147483648,"cpu_milli":1500,"disk_bytes":10737418240},"failover":{"hang_timeout_seconds":30},"deletion_protection":false},"reason":"for the shop"}
            """.ReplaceLineEndings(""),
            Controller.LastRequest.Body);
        Assert.Equal("r1", Controller.LastRequest.RequestId);
    }

    [Fact]
    public async Task Create_Waiting_ShowsEachStepAndHowToConnect()
    {
        Ends("succeeded");

        var result = await Terminal.RunAsync("postgres cluster create demo");

        Assert.Equal((0, $"{Uri}\n"), (result.ExitCode, result.Out));
        Assert.Equal(
            """
            warning: two nodes share host h1: placement.strict is false
               0.4 s  done       place       3 nodes on h1, h2, h3
               9.0 s  done       start etcd  2 of 3 members answer
            the cluster demo is running
            with the password: agentctl postgres cluster connect demo

            """,
            result.Error);
    }

    [Fact]
    public async Task Create_WaitingForJson_PrintsTheOperationAsItEnded()
    {
        Ends("succeeded");

        var result = await Terminal.RunAsync("postgres cluster create demo -o json");

        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal("succeeded", document.RootElement.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Create_NotWaiting_PrintsTheOperation()
    {
        var result = await Terminal.RunAsync("postgres cluster create demo --no-wait");

        Assert.Equal((0, $"{Sample.OperationId}\n"), (result.ExitCode, result.Out));
        Assert.EndsWith($"watch it with \"agentctl operation watch {Sample.OperationId}\"\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NotWaitingForJson_PrintsTheAnswer()
    {
        var result = await Terminal.RunAsync("postgres cluster create demo --no-wait --output json");

        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal(["operation", "cluster", "plan"], document.RootElement.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Create_Failed_SaysWhy()
    {
        Ends("failed", ""","error":{"reason":"PORT_BLOCKED","message":"h1 cannot reach h2:20001: open it"}""");

        var result = await Terminal.RunAsync("postgres cluster create demo");

        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.EndsWith("error: h1 cannot reach h2:20001: open it [PORT_BLOCKED]\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_DryRun_ShowsThePlanAndItsReasons()
    {
        Controller.Answer($"POST {Clusters}?validate_only=true", $$"""{"plan":{{Sample.Plan}}}""");

        var result = await Terminal.RunAsync("postgres cluster create demo --dry-run");

        Assert.Equal(
            """
            patroni, PostgreSQL 17, 3 nodes, durability quorum, revision 1, images 2026.11.1

            KIND      NAME         HOST  PORTS                       WHY
            postgres  demo-1       h1    postgres 20000, rest 20001  most free memory
            etcd      demo-etcd-4  h2    client 20002                another host

            not on h3: it is cordoned; no free port

            """,
            result.Out);
        Assert.Equal("warning: two nodes share host h1: placement.strict is false\n", result.Error);
    }

    [Fact]
    public async Task Create_Refused_NamesTheFlags()
    {
        var problem = Problem.Of(
            "The request is not valid",
            "INVALID_ARGUMENT",
            "the request is not valid: …",
            ("$.name", "use a DNS label"),
            ("$.spec.node_count", "use 1 to 9"),
            ("$.spec.resources.memory_bytes", "use 64 MiB or more"),
            ("$.spec.placement.host_labels.ra ck", "a label's key has letters"),
            ("$.labels.x y", "a label's key has letters"),
            ("$.spec.new_field", "there is no such field"));
        Controller.Answer($"POST {Clusters}", problem, 400);

        var result = await Terminal.RunAsync("postgres cluster create Demo --nodes 1000 --memory 1KiB");

        Assert.Equal((3, ""), (result.ExitCode, result.Out));
        Assert.Equal(
            """
            error: The request is not valid [INVALID_ARGUMENT]
              NAME: use a DNS label
              --nodes: use 1 to 9
              --memory: use 64 MiB or more
              --host-label ra ck: a label's key has letters
              --label x y: a label's key has letters
              spec.new_field: there is no such field

            """,
            result.Error);
    }

    [Fact]
    public async Task List_Clusters_ShowsThem()
    {
        Controller.Answer($"GET {Clusters}", $$"""{"clusters":[{{Sample.Cluster()}},{{Sample.Cluster("orders", "shop")}},{{Sample.NewCluster}}]}""");

        var result = await Terminal.RunAsync("postgres cluster list");

        Assert.Equal(
            """
            NAME         ENGINE   NODES  PHASE     PRIMARY   LAG             ENDPOINTS             AGE
            demo         patroni    2/3  running   demo-1    1.5 MiB, 2.5 s  10.89.0.11:20010 +1  3h0m
            shop/orders  patroni    2/3  running   orders-1  1.5 MiB, 2.5 s  10.89.0.11:20010 +1  3h0m
            fresh        patroni    0/3  creating  -         -               -                      1m

            """,
            result.Out);
    }

    [Fact]
    public async Task List_None_SaysHowToMakeOne()
    {
        Controller.Answer($"GET {Clusters}", """{"clusters":[]}""");

        Assert.Contains("agentctl postgres cluster create NAME", (await Terminal.RunAsync("postgres cluster list")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Cluster_ShowsTheWholeOfIt()
    {
        var result = await Terminal.RunAsync("postgres cluster get demo");

        Assert.Equal(
            $"""
            Cluster    demo (project default, id {Sample.ClusterId})
            Phase      running
            Engine     patroni, PostgreSQL 17, durability quorum
            Made from  revision 1, images 2026.11.1
            Labels     team=shop
            Protected  yes, from deletion
            Created    2026-11-22 03:00:00Z (3h0m ago)
            Observed   2026-11-22 05:59:59Z (1s ago)

            NODES
            NAME    ROLE     STATE      LAG             SYNC    TIMELINE  HOST  ADDRESS
            demo-1  primary  running    -               -              1  h1    10.89.0.11:20000
            demo-2  replica  streaming  0 B, 0.0 s      quorum         1  h2    10.89.0.12:20000
            demo-3  replica  starting   1.5 MiB, 2.5 s  async          1  h3    10.89.0.13:20000

            OTHER INSTANCES
            NAME          KIND     STATE    HOST  ADDRESS
            demo-etcd-4   etcd     running  h1    10.89.0.11:20001
            demo-proxy-7  haproxy  missing  h1    10.89.0.11:20010

            ENDPOINTS
            ROLE        ADDRESS
            read_write  10.89.0.11:20010
            read_write  10.89.0.12:20010
            read_only   10.89.0.11:20011
            read_only   10.89.0.12:20011

            CONDITIONS
            TYPE       STATUS  REASON          MESSAGE
            Writable   True    PrimaryRunning  demo-1 takes writes
            Converged  False   ReplicaBehind   demo-3 is behind

            HELD BACK
            INSTANCE      REASON         SINCE  MESSAGE
            demo-proxy-7  IMAGE_MISSING     5m  its container is missing, and that could not be mended: the image is not there

            {Uri}

            """,
            result.Out);
    }

    [Fact]
    public async Task Get_NewCluster_LeavesOutWhatIsNotThere()
    {
        Controller.Answer($"GET {Clusters}/fresh", Sample.NewCluster);

        var result = await Terminal.RunAsync("postgres cluster get fresh");

        Assert.DoesNotContain("NODES", result.Out, StringComparison.Ordinal);
        Assert.Contains("Protected  no\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("Observed   never\n", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--label team=a --label old-", """{"labels":{"old":"","team":"a"}}""")]
    [InlineData("--deletion-protection off", """{"spec":{"deletion_protection":false}}""")]
    [InlineData("--hang-timeout 0s", """{"spec":{"failover":{"hang_timeout_seconds":0}}}""")]
    [InlineData("--deletion-protection on", """{"spec":{"deletion_protection":true}}""")]
    public async Task Update_Cluster_SendsThatAlone(string flags, string body)
    {
        Controller.Answer($"PATCH {Clusters}/demo", Sample.Cluster());

        var result = await Terminal.RunAsync($"postgres cluster update demo {flags}");

        Assert.Equal((0, body), (result.ExitCode, Controller.LastRequest.Body));
    }

    [Theory]
    [InlineData("create")]
    [InlineData("update")]
    public async Task DeletionProtection_NeitherOnNorOff_IsWrongUse(string verb)
    {
        var result = await Terminal.RunAsync($"postgres cluster {verb} demo --deletion-protection no");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: Argument 'no' not recognized", result.Error, StringComparison.Ordinal);
        Assert.Empty(Controller.Requests);
    }

    [Fact]
    public async Task Update_Nothing_IsWrongUse()
    {
        var result = await Terminal.RunAsync("postgres cluster update demo");

        Assert.Equal((2, "error: nothing to change: give --label, --deletion-protection or --hang-timeout\n"), (result.ExitCode, result.Error));
    }
}
