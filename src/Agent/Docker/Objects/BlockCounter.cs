namespace Agents.Agent.Docker.Objects;

/// <summary>One counter of one block device.</summary>
internal sealed record BlockCounter(string Operation = "", ulong Value = 0);
