namespace Agents.Agent.Kernel;

/// <summary>This very run of the agent.</summary>
internal sealed class AgentProcess
{
    /// <summary>A random id, new with every start.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>The version, as shown to people.</summary>
    public static string Version { get; } = typeof(AgentProcess).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
