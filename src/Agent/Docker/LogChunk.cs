namespace Agents.Agent.Docker;

/// <summary>A piece of a container's output, not necessarily whole lines.</summary>
/// <param name="IsError">Whether it was written to standard error.</param>
/// <param name="Data">The bytes.</param>
internal sealed record LogChunk(bool IsError, ReadOnlyMemory<byte> Data);
