namespace Agents.Cli.Tests.Fakes;

/// <summary>What a run left: exit code, output, and what it said beside it.</summary>
internal sealed record CliResult(int ExitCode, string Out, string Error);
