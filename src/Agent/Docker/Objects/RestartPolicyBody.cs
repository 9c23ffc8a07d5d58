namespace Agents.Agent.Docker.Objects;

/// <summary>What the engine does when a container exits: "no" or "unless-stopped".</summary>
internal sealed record RestartPolicyBody(string Name);
