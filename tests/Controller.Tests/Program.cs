using Agents.Controller.Tests.Stores.Sqlite;

namespace Agents.Controller.Tests;

/// <summary>The entry point of the child processes of tests. The test runner itself never comes here.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        [WriterProcess.Command, var path] => await WriterProcess.RunAsync(path),
        _ => 2,
    };
}
