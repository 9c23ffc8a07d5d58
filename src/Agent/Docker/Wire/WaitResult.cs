namespace Agents.Agent.Docker.Wire;

/// <summary>The answer to a wait.</summary>
internal sealed record WaitResult(int StatusCode);
