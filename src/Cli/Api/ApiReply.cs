namespace Agents.Cli.Api;

/// <summary>An answer of the server: its JSON as it came, and what was read of it.</summary>
internal sealed record ApiReply<T>(byte[] Json, T Value);
