namespace Agents.Domain.Health;

/// <summary>Where a PostgreSQL server stands, by its own word.</summary>
/// <param name="InRecovery">Whether it follows another.</param>
/// <param name="Timeline">Its timeline.</param>
/// <param name="Bytes">Its position in the write-ahead log: written on a primary, received on a replica.</param>
public sealed record WalPosition(bool InRecovery, int Timeline, long Bytes);
