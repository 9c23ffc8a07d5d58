using Agents.Agent.Identity;

namespace Agents.Functional.Tests.Link;

/// <summary>An agent as a process: directory, controller's address and, for the first time, a join token.</summary>
internal static class AgentProgram
{
    /// <summary>Runs until it is killed or its standard input ends.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var directory, var controllerText, var bootId, ..] || !ControllerAddress.TryParse(controllerText, out var controller))
            return 2;
        await using var agent = await AgentHost.StartAsync(directory, controller, arguments.ElementAtOrDefault(3), bootId);
        await Console.In.ReadToEndAsync();
        foreach (var line in agent.Log.Lines)
            Console.WriteLine(line);
        return 0;
    }
}
