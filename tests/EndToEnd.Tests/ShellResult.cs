namespace Agents.EndToEnd.Tests;

/// <summary>What came of a program.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
