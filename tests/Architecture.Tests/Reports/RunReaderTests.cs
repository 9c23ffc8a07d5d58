using Agents.Report;
using Agents.Testing;

namespace Agents.Architecture.Tests.Reports;

/// <summary>What a test run's files come to: anything that does not fit together is a failure.</summary>
public sealed class RunReaderTests
{
    private const string Passed = """<UnitTestResult testName="A.B" outcome="Passed" duration="00:00:01.5" />""";
    private const string Failed = """<UnitTestResult testName="A.C" outcome="Failed"><Output><ErrorInfo><Message>no</Message><StackTrace>at C</StackTrace></ErrorInfo></Output></UnitTestResult>""";
    private const string Skipped = """<UnitTestResult testName="A.D" outcome="NotExecuted"><Output><StdOut>why</StdOut></Output></UnitTestResult>""";

    /// <summary>Results are counted, with what they say.</summary>
    [Fact]
    public void Read_AllOutcomes_AreCounted()
    {
        var run = Read(Passed + Failed + Skipped, "1");

        Assert.Null(run.Problem);
        Assert.Equal((1, 1, 1), (run.Passed, run.Failed, run.Skipped));
        Assert.Equal(["", "no", "why"], run.Tests.Select(test => test.Message));
    }

    /// <summary>No results, no tests, an unexplained exit code and an abort are failures, although no test failed.</summary>
    [Theory]
    [InlineData(null, "0", "", "it wrote no results")]
    [InlineData("", "0", "", "it ran no tests")]
    [InlineData(Passed, "1", "", "it ended with exit code 1, which its results do not explain")]
    [InlineData(Passed, "124", "", "it ended with exit code 124, which its results do not explain")]
    [InlineData(Passed, "0", """<RunInfo outcome="Error"><Text>Test host process crashed</Text></RunInfo>""", "its run was aborted: Test host process crashed")]
    public void Read_WhatDoesNotFit_IsAProblem(string? results, string exitCode, string infos, string problem)
    {
        var run = Read(results, exitCode, infos);

        Assert.Equal(problem, run.Problem);
        Assert.Equal(1, run.Failed);
    }

    /// <summary>An assembly without tests of the tiers that were asked for is none.</summary>
    [Fact]
    public void Read_NoTestOfTheTier_IsNoProblem() => Assert.Equal(0, Read("", "0", log: "No test matches the given testcase filter `Category=Lab` in A.dll").Failed);

    private static AssemblyRun Read(string? results, string exitCode, string infos = "", string log = "")
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("exit-code"), exitCode + "\n");
        File.WriteAllText(folder.File("output.log"), log);
        if (results is not null)
        {
            File.WriteAllText(
                folder.File("results.trx"),
                $"""<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>{results}</Results><ResultSummary><RunInfos>{infos}</RunInfos></ResultSummary></TestRun>""");
        }

        return RunReader.Read(folder.Path, "A");
    }
}
