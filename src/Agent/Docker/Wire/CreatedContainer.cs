namespace Agents.Agent.Docker.Wire;

/// <summary>The answer to a create.</summary>
internal sealed record CreatedContainer(string Id);
