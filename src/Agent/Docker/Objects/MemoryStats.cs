namespace Agents.Agent.Docker.Objects;

/// <summary>Memory of a container.</summary>
internal sealed record MemoryStats(
    ulong Usage = 0, ulong Limit = 0,
    IReadOnlyDictionary<string, ulong>? Details = null)
{
    /// <summary>Memory in use without the file cache that the kernel could take back at once; cgroup v1 and v2 name that cache differently.</summary>
    public ulong UsedWithoutCache
    {
        get
        {
            var cache = Detail("total_inactive_file") ?? Detail("inactive_file") ?? 0;
            return cache < Usage ? Usage - cache : Usage;
        }
    }

    private ulong? Detail(string key) => Details is not null && Details.TryGetValue(key, out var value) ? value : null;
}
