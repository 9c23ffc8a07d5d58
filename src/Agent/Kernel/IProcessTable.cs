namespace Agents.Agent.Kernel;

/// <summary>The kernel's processes and cgroups, as far as they prove that a container's processes are gone.</summary>
internal interface IProcessTable
{
    /// <summary>When a process was started, in ticks since the boot; null when there is no living process of that id. A pid alone may have a new owner.</summary>
    long? FindStartTime(int pid);

    /// <summary>The pid namespace of a process and the user that it runs as; null when there is no such process. A container's processes share the namespace.</summary>
    (string PidNamespace, uint UserId)? FindOwner(int pid);

    /// <summary>The directories of the cgroups that a process is in and whose path holds <paramref name="marker"/>.</summary>
    IReadOnlyList<string> FindCgroups(int pid, string marker);

    /// <summary>Whether a cgroup is gone or holds no process, with all below it.</summary>
    bool IsCgroupEmpty(string directory);

    /// <summary>Kills all processes of a cgroup, also frozen ones. One that is gone is a success. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    void KillCgroup(string directory);
}
