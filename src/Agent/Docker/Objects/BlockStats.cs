namespace Agents.Agent.Docker.Objects;

/// <summary>Traffic of block devices since the start.</summary>
internal sealed record BlockStats(IReadOnlyList<BlockCounter>? Bytes = null)
{
    /// <summary>The sum over all devices of one kind of access; cgroup v1 writes "Read" where v2 writes "read".</summary>
    public ulong Sum(string operation) => Bytes is null
        ? 0
        : (ulong)Bytes.Where(counter => counter.Operation.Equals(operation, StringComparison.OrdinalIgnoreCase)).Sum(counter => (long)counter.Value);
}
