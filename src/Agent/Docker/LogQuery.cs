namespace Agents.Agent.Docker;

/// <summary>Which part of a container's output is wanted.</summary>
/// <param name="Follow">Whether to go on as it grows.</param>
/// <param name="TailLines">How many of the last lines to start with; all when 0.</param>
/// <param name="Since">Only what was written since then; all when null.</param>
internal sealed record LogQuery(bool Follow, int TailLines, DateTimeOffset? Since);
