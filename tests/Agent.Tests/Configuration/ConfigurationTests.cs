using System.Net;
using Agents.Agent.Configuration;
using Agents.Agent.Policy;
using Agents.Protocol.Configuration;
using Agents.Testing;

namespace Agents.Agent.Tests.Configuration;

/// <summary>What an administrator may write, and what he is told when it is wrong.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Load_FileAndFlags_FlagsWin()
    {
        var settings = Load("""{ "name": "from-file", "port_range": "21000-21010", "controller_address": "[::1]:7000" }""",
            "--name", "from-flag", "--cluster-address=10.0.0.5");

        Assert.Equal("from-flag", settings.Name);
        Assert.Equal(new PortRange(21000, 21010), settings.Ports);
        Assert.Equal(IPAddress.Parse("10.0.0.5"), settings.ClientAddress);
        Assert.Equal(7000, settings.Controller!.Port);
    }

    [Theory]
    [InlineData("""{ "clutser_address": "10.0.0.1" }""", "'clutser_address' is unknown")]
    [InlineData("""{ "name": { "x": "y" } }""", "'name' must be a text")]
    [InlineData("""{ "labels": { "zone": "a" } }""", "'labels' is unknown")]
    [InlineData("""{ "name": "no_dns" }""", "'name' must be")]
    [InlineData("""{ "port_range": "80-90" }""", "'port_range' must be")]
    [InlineData("""{ "network_pool": "172.20.0.0/16" }""", "overlaps")]
    [InlineData("""{ "network_pool": "10.0.0.0/28" }""", "'network_pool' must be")]
    [InlineData("""{ "cluster_address": "0.0.0.0" }""", "'cluster_address' must be")]
    [InlineData("""{ "cluster_address": "127.0.0.1" }""", "no other host reaches this one: it has 10.0.0.1")]
    [InlineData("""{ "cluster_address": "::1" }""", "no other host reaches this one: it has 10.0.0.1")]
    [InlineData("""{ "client_address": "10.9.9.9" }""", "'client_address' is 10.9.9.9, which is no address of this host: it has 10.0.0.1")]
    [InlineData("""{ "controller_address": "a b" }""", "'controller_address' must be")]
    [InlineData("""{ "data_directory": "relative" }""", "'data_directory' must be")]
    [InlineData("""{ "log_level": "loud" }""", "'log_level' must be")]
    [InlineData("""{ "join_token": "a", "join_token_file": "/x" }""", "not both")]
    [InlineData("""{ "name": """, "agent.json")]
    public void Load_WrongValue_NamesTheKey(string file, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => Load(file)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--nmae", "x")]
    [InlineData("--name")]
    [InlineData("--label", "zone=a")]
    [InlineData("--config", "/does/not/exist.json")]
    public void Load_WrongFlag_IsRefused(params string[] flags) =>
        Assert.Throws<ConfigurationException>(() => AgentConfiguration.Load(AgentConfiguration.Source.Parse(flags), new FixedAddresses("10.0.0.1")));

    [Fact]
    public void Load_SeveralAddresses_RefusesToGuess()
    {
        var exception = Assert.Throws<ConfigurationException>(() => AgentConfiguration.Load(Arguments("{}"), new FixedAddresses("10.0.0.1", "10.1.0.1")));

        Assert.Contains("10.0.0.1, 10.1.0.1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("set 'cluster_address'", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => AgentConfiguration.Load(Arguments("{}"), new FixedAddresses()));
        Assert.Equal(IPAddress.Parse("10.0.0.1"), AgentConfiguration.Load(Arguments("{}"), new FixedAddresses("10.0.0.1", "fd00::1")).ClusterAddress);
        Assert.Equal(IPAddress.Parse("fd00::1"), AgentConfiguration.Load(Arguments("{}"), new FixedAddresses("fd00::1")).ClusterAddress);
    }

    [Fact]
    public void Load_MachineNameThatIsNoDnsLabel_SaysHowToNameTheHost()
    {
        var exception = Assert.Throws<ConfigurationException>(() => AgentConfiguration.Load(Arguments("{}"), new FixedAddresses("10.0.0.1"), "db_1.example"));

        Assert.Contains("'db_1.example'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--name NAME", exception.Message, StringComparison.Ordinal);
        Assert.Equal("chosen", AgentConfiguration.Load(Arguments("{}", "--name", "chosen"), new FixedAddresses("10.0.0.1"), "db_1.example").Name);
        Assert.Equal("db1", AgentConfiguration.Load(Arguments("{}"), new FixedAddresses("10.0.0.1"), "DB1").Name);
    }

    [Fact]
    public void Load_JoinTokenFile_IsRead()
    {
        File.WriteAllText(_directory.File("token"), "secret\n");

        var settings = Load($$"""{ "join_token_file": "{{_directory.File("token")}}" }""");

        Assert.Equal("secret", settings.JoinToken);
        Assert.DoesNotContain("secret", settings.ToString(), StringComparison.Ordinal);
        Assert.Equal("", Load("""{ "join_token_file": "/does/not/exist" }""").JoinToken);
    }

    [Fact]
    public void Usage_NamesEveryFlag()
    {
        Assert.True(AgentConfiguration.Source.Parse(["--help"]).ShowHelp);
        Assert.True(AgentConfiguration.Source.Parse(["--version"]).ShowVersion);
        Assert.Contains("--cluster-address", AgentConfiguration.Source.Usage, StringComparison.Ordinal);
        Assert.NotNull(new KernelHostAddresses().Candidates());
    }

    [Fact]
    public void Policy_File_IsStrict()
    {
        Assert.Null(PolicyFile.Load(_directory.File("none.json")).RefuseReference("agents/postgres:17-1", "postgres:17-1"));
        Assert.NotNull(PolicyFile.Load(_directory.File("none.json")).RefuseReference("evil/postgres:17-1", "postgres:17-1"));
        File.WriteAllText(_directory.File("policy.json"), """{ "allowed_images": ["x/*"], "allowed_image_labels": ["etcd:*"], "storage_pools": [] }""");
        var policy = PolicyFile.Load(_directory.File("policy.json"));
        Assert.NotNull(policy.RefuseReference("x/y:1", "postgres:1"));
        Assert.Null(policy.RefuseReference("x/y:1", "etcd:1"));
        Assert.NotNull(policy.RefusePool("local"));
        File.WriteAllText(_directory.File("policy.json"), """{ "allowed_image_ids": ["sha256:1"] }"""); // What a file does not name stays as it is built in.
        policy = PolicyFile.Load(_directory.File("policy.json"));
        Assert.Equal((true, true), (policy.RefuseReference("evil/x:1", "x:1") is not null, policy.RefuseReference("agents/x:1", "x:1") is null));
        Assert.Equal((true, true), (policy.RefuseDigest("agents/x:1", "sha256:2") is not null, policy.RefusePool("local") is null));
        File.WriteAllText(_directory.File("policy.json"), """{ "limits": { "container_memory_bytes": 100, "image_archive_bytes": 50 } }""");
        policy = PolicyFile.Load(_directory.File("policy.json"));
        Assert.Equal((true, false, false), (policy.RefuseMemory("x", 100) is null, policy.RefuseMemory("x", 101) is null, policy.RefuseMemory("x", 0) is null));
        Assert.Equal((true, false), (policy.RefuseArchive("agents/x:1", 50) is null, policy.RefuseArchive("agents/x:1", 51) is null));
        Assert.Equal((null, null, null), (new HostPolicy().RefuseDial("127.0.0.1"), new HostPolicy().RefuseMemory("x", 0), new HostPolicy().RefuseArchive("agents/x:1", long.MaxValue)));
        File.WriteAllText(_directory.File("policy.json"), """{ "alowed_images": [] }""");
        Assert.Throws<ConfigurationException>(() => PolicyFile.Load(_directory.File("policy.json")));
        foreach (var wrong in new[] { """{ "dial_targets": ["10.0.0.9/8/1"] }""", """{ "limits": { "container_memory_bytes": 0 } }""", """{ "limits": { "image_archive_bytes": -1 } }""", """{ "limits": null }""", """{ "limits": { "x": 1 } }""" })
        {
            File.WriteAllText(_directory.File("policy.json"), wrong);
            Assert.Throws<ConfigurationException>(() => PolicyFile.Load(_directory.File("policy.json")));
        }
    }

    [Theory]
    [InlineData("--join-token", "agents1.x")]
    [InlineData("--join-token=agents1.x")]
    public void Parse_SecretOnTheCommandLine_IsRefused(params string[] flags)
    {
        var exception = Assert.Throws<ConfigurationException>(() => AgentConfiguration.Source.Parse(flags));

        Assert.Contains("AGENTS_AGENT__JOIN_TOKEN", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("agents1.x", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.9", true)]
    [InlineData("::ffff:10.0.0.9", true)]
    [InlineData("fd00::1", true)]
    [InlineData("10.0.1.9", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("::1", false)]
    public void Policy_DialTargets_AreTheOnlyOnesThatMayBeDialled(string address, bool isAllowed)
    {
        File.WriteAllText(_directory.File("policy.json"), """{ "dial_targets": ["10.0.0.0/24", "fd00::/8"] }""");

        Assert.Equal(isAllowed, PolicyFile.Load(_directory.File("policy.json")).RefuseDial(address) is null);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Policy_FileThatOthersMayWriteTo_IsRefused(UnixFileMode mode)
    {
        File.WriteAllText(_directory.File("policy.json"), "{}");
        File.SetUnixFileMode(_directory.File("policy.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);

        Assert.Contains("others may write", Assert.Throws<ConfigurationException>(() => PolicyFile.Load(_directory.File("policy.json"))).Message, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private AgentSettings Load(string file, params string[] flags) => AgentConfiguration.Load(Arguments(file, flags), new FixedAddresses("10.0.0.1"));

    private ProgramArguments Arguments(string file, params string[] flags)
    {
        File.WriteAllText(_directory.File("agent.json"), file);
        return AgentConfiguration.Source.Parse(["--config", _directory.File("agent.json"), .. flags]);
    }
}
