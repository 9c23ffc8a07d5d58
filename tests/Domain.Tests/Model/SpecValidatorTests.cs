using Agents.Domain.Model;
using Agents.Domain.Specs;

namespace Agents.Domain.Tests.Model;

/// <summary>Everything that is wrong is found at once, with the path of the field and what to do.</summary>
public sealed class SpecValidatorTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void Check_NothingSaid_IsRight() => Assert.Empty(SpecValidator.Check("demo", LabelSet.Empty, new PostgresClusterSpec()));

    [Theory]
    [InlineData(1, 1024 * Mebibyte, 100L)]
    [InlineData(9, 16384 * 1024 * Mebibyte, 1024_000L)]
    public void Check_AtTheBounds_IsRight(int count, long bytes, long cpuMilli)
    {
        var spec = new PostgresClusterSpec
        {
            Engine = Engine.Patroni,
            PostgresVersion = "17",
            NodeCount = count,
            ProxyCount = count,
            Durability = count == 1 ? Durability.Async : Durability.Strict,
            Bootstrap = new BootstrapSpec { Database = new string('d', 63), Owner = "o_1", Encoding = "UTF8", Locale = "C" },
            Resources = new ResourcesSpec { MemoryBytes = bytes, CpuMilli = cpuMilli, DiskBytes = bytes },
        };

        Assert.Empty(SpecValidator.Check("demo", LabelSet.Empty, spec));
    }

    [Theory]
    [InlineData("Demo")]
    [InlineData(null)]
    public void Check_Name_IsADnsLabel(string? name) =>
        Assert.Equal([new Violation("name", ResourceName.Rule)], SpecValidator.Check(name, LabelSet.Empty, new PostgresClusterSpec()));

    [Fact]
    public void Check_Engine_IsOneThatCanBeCreated() =>
        AssertViolation(new PostgresClusterSpec { Engine = Engine.PgAutoFailover }, "spec.engine", "this version creates clusters with \"patroni\" only");

    [Fact]
    public void Check_PostgresVersion_IsOneThatCanBeCreated() =>
        AssertViolation(new PostgresClusterSpec { PostgresVersion = "9.6" }, "spec.postgres_version", "use one of: 17");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Check_Counts_AreOneToNine(int count)
    {
        AssertViolation(new PostgresClusterSpec { NodeCount = count }, "spec.node_count", "use 1 to 9: the primary and its replicas");
        AssertViolation(new PostgresClusterSpec { ProxyCount = count }, "spec.proxies.count", "use 1 to 9");
    }

    [Theory]
    [InlineData(Durability.Sync)]
    [InlineData(Durability.Quorum)]
    [InlineData(Durability.Strict)]
    public void Check_SingleNodeThatWaitsForAReplica_IsWrong(Durability durability) => AssertViolation(
        new PostgresClusterSpec { NodeCount = 1, Durability = durability },
        "spec.durability",
        "a single node has no replica to wait for: use \"async\", or a node_count of 2 or more");

    [Theory]
    [InlineData("")]
    [InlineData("1app")]
    [InlineData("_app")]
    [InlineData("App")]
    [InlineData("my-app")]
    [InlineData("a\"b")]
    [InlineData("a'b")]
    [InlineData("a b")]
    [InlineData("äpp")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Check_NotAnIdentifier_IsWrong(string name)
    {
        const string Rule = "use 1 to 63 lower-case letters, digits and underscores, beginning with a letter";

        AssertViolation(Bootstrap(new BootstrapSpec { Database = name }), "spec.bootstrap.database", Rule);
        AssertViolation(Bootstrap(new BootstrapSpec { Owner = name }), "spec.bootstrap.owner", Rule);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("template0")]
    [InlineData("template1")]
    public void Check_PostgresOwnDatabase_IsWrong(string name) =>
        AssertViolation(Bootstrap(new BootstrapSpec { Database = name }), "spec.bootstrap.database", "this database is PostgreSQL's own: choose another name");

    [Theory]
    [InlineData("postgres")]
    [InlineData("agents_replicator")]
    [InlineData("agents_anything")]
    [InlineData("public")]
    [InlineData("none")]
    [InlineData("statistics")]
    [InlineData("agents_rewind")]
    [InlineData("pg_monitor")]
    public void Check_RoleOfTheSystem_IsWrong(string name) =>
        AssertViolation(Bootstrap(new BootstrapSpec { Owner = name }), "spec.bootstrap.owner", "this name, as all that begin with \"agents_\" or \"pg_\", is the system's own: choose another");

    [Fact]
    public void Check_Encoding_IsUtf8() => AssertViolation(Bootstrap(new BootstrapSpec { Encoding = "LATIN1" }), "spec.bootstrap.encoding", "use \"UTF8\"");

    [Fact]
    public void Check_Locale_IsBuiltin() => AssertViolation(
        Bootstrap(new BootstrapSpec { Locale = "de_DE.UTF-8" }),
        "spec.bootstrap.locale",
        "use \"C.UTF-8\" or \"C\", the locales that do not change with the operating system");

    [Theory]
    [InlineData((256 * Mebibyte) - 1)]
    [InlineData((16384 * 1024 * Mebibyte) + 1)]
    public void Check_Memory_IsBounded(long bytes) => AssertViolation(
        Resources(new ResourcesSpec { MemoryBytes = bytes }), "spec.resources.memory_bytes", "use 256 MiB (268435456) or more, at most 16 TiB");

    [Fact]
    public void Check_LeastMemory_IsRight() => Assert.Empty(SpecValidator.Check(
        "demo", LabelSet.Empty, new PostgresClusterSpec { Resources = new ResourcesSpec { MemoryBytes = 256 * Mebibyte } }));

    [Theory]
    [InlineData(99)]
    [InlineData(1024_001)]
    public void Check_Cpu_IsBounded(long milli) => AssertViolation(
        Resources(new ResourcesSpec { CpuMilli = milli }), "spec.resources.cpu_milli", "use 100 to 1024000 thousandths of a processor");

    [Theory]
    [InlineData((1024 * Mebibyte) - 1)]
    [InlineData((1024 * 1024 * 1024 * Mebibyte) + 1)]
    public void Check_Disk_IsBounded(long bytes) => AssertViolation(
        Resources(new ResourcesSpec { DiskBytes = bytes }), "spec.resources.disk_bytes", "use 1 GiB (1073741824) or more, at most 1 PiB");

    [Theory]
    [InlineData(1)]
    [InlineData(601)]
    public void Check_HangTimeout_IsBounded(int seconds) => AssertViolation(
        new PostgresClusterSpec { Failover = new FailoverSpec { HangTimeout = TimeSpan.FromSeconds(seconds) } }, "spec.failover.hang_timeout", "use 0 to wait for ever, or 3 to 600 seconds");

    [Fact]
    public void Check_Labels_AreCheckedUnderTheirPaths()
    {
        var spec = new PostgresClusterSpec { Placement = new PlacementSpec { HostLabels = new LabelSet([new("a b", "x")]) } };

        var violations = SpecValidator.Check("demo", new LabelSet([new("agents.x", "y")]), spec);

        Assert.Equal(["labels.agents.x", "spec.placement.host_labels.a b"], violations.Select(violation => violation.Path));
    }

    [Fact]
    public void Check_ManyThings_AreFoundAtOnce()
    {
        var spec = new PostgresClusterSpec
        {
            NodeCount = 0,
            Bootstrap = new BootstrapSpec { Owner = "postgres" },
            Resources = new ResourcesSpec { CpuMilli = 1 },
        };

        var violations = SpecValidator.Check("X", LabelSet.Empty, spec);

        Assert.Equal(["name", "spec.node_count", "spec.bootstrap.owner", "spec.resources.cpu_milli"], violations.Select(violation => violation.Path));
    }

    private static PostgresClusterSpec Bootstrap(BootstrapSpec bootstrap) => new() { Bootstrap = bootstrap };

    private static PostgresClusterSpec Resources(ResourcesSpec resources) => new() { Resources = resources };

    private static void AssertViolation(PostgresClusterSpec spec, string path, string message) =>
        Assert.Equal([new Violation(path, message)], SpecValidator.Check("demo", LabelSet.Empty, spec));
}
