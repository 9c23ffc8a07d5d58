namespace Agents.Functional.Tests;

/// <summary>This assembly as a process of its own: what tests start in another network namespace, or kill.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => arguments is ["agent", .. var rest]
        ? Link.AgentProgram.RunAsync(rest)
        : Task.FromResult(2);
}
