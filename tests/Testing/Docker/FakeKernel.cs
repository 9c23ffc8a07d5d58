using System.Collections.Concurrent;
using Agents.Agent.Kernel;

namespace Agents.Testing.Docker;

/// <summary>A kernel whose clock stands until it is moved, and whose processes live until they are ended.</summary>
internal sealed class FakeKernel : IBootClock, IProcessTable, IHostRoutes
{
    private readonly ConcurrentDictionary<int, bool> _ended = new();

    /// <inheritdoc/>
    public string BootId { get; set; } = "boot-1";

    /// <inheritdoc/>
    public TimeSpan SinceBoot { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether cgroups still hold processes.</summary>
    public bool CgroupsHoldProcesses { get; set; }

    /// <summary>Routes and addresses of the host.</summary>
    public List<UsedRange> Routes { get; } = [];

    /// <summary>Ends a process.</summary>
    public void End(int pid) => _ended[pid] = true;

    /// <inheritdoc/>
    public long? FindStartTime(int pid) => _ended.ContainsKey(pid) ? null : pid * 100L;

    /// <inheritdoc/>
    public (string PidNamespace, uint UserId)? FindOwner(int pid) => _ended.ContainsKey(pid) ? null : ($"pid:[{pid}]", 0);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindCgroups(int pid, string marker) => [$"/cgroup/{marker}"];

    /// <inheritdoc/>
    public IReadOnlyList<UsedRange> Read() => Routes;

    /// <summary>The cgroups whose processes were killed.</summary>
    public List<string> KilledCgroups { get; } = [];

    /// <inheritdoc/>
    public void KillCgroup(string directory) => KilledCgroups.Add(directory);

    /// <inheritdoc/>
    public bool IsCgroupEmpty(string directory) => !CgroupsHoldProcesses;
}
