using Agents.Report;

// usage: Agents.Report RESULTS [--coverage] [--enforce-coverage] ASSEMBLY…
// RESULTS has one folder per assembly. Exit codes: 0 all passed, 1 something failed, or is below a mark that is enforced.
var results = args[0];
var names = args.Skip(1).Where(arg => !arg.StartsWith("--", StringComparison.Ordinal));
var enforce = args.Contains("--enforce-coverage");

var report = new RunReport([.. names.Select(name => RunReader.Read(Path.Combine(results, name), name))]);
report.Write(Console.Out);

var reached = true;
if (enforce || args.Contains("--coverage"))
{
    var coverage = new CoverageTable(CoverageReader.Read(results));
    coverage.Write(Console.Out);
    reached = coverage.ReachesMarks;
    if (enforce && !reached)
        Console.WriteLine("FAILED: the coverage is below its marks");
}

Console.WriteLine(report.Totals);
return report.Failed == 0 && (reached || !enforce) ? 0 : 1;
