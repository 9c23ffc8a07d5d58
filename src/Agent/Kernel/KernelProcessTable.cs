using System.Globalization;

namespace Agents.Agent.Kernel;

/// <summary>Reads /proc and the cgroup file systems, version 1 and 2.</summary>
internal sealed class KernelProcessTable(string procDirectory = "/proc") : IProcessTable
{
    private const int StateField = 0;
    private const int StartTimeField = 19;

    /// <inheritdoc/>
    public long? FindStartTime(int pid)
    {
        if (TryRead(Path.Combine(procDirectory, pid.ToString(CultureInfo.InvariantCulture), "stat")) is not { } stat)
            return null;

        // The second field is the program's name in parentheses and may itself hold spaces and parentheses: what counts begins after the last one.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[StateField] is "Z" or "X" ? null : long.Parse(fields[StartTimeField], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public (string PidNamespace, uint UserId)? FindOwner(int pid)
    {
        const string users = "Uid:";
        const int effective = 2; // "Uid:", the real one, then the effective one.
        var directory = Path.Combine(procDirectory, pid.ToString(CultureInfo.InvariantCulture));
        if (TryRead(Path.Combine(directory, "status")) is not { } status || new FileInfo(Path.Combine(directory, "ns/pid")).LinkTarget is not { } pidNamespace)
            return null;
        var line = status.Split('\n').First(line => line.StartsWith(users, StringComparison.Ordinal));
        return (pidNamespace, uint.Parse(line.Split('\t')[effective], CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FindCgroups(int pid, string marker)
    {
        var mounts = CgroupMounts.Parse(TryRead(Path.Combine(procDirectory, "self/mountinfo")) ?? "");
        var membership = TryRead(Path.Combine(procDirectory, pid.ToString(CultureInfo.InvariantCulture), "cgroup")) ?? "";
        return [.. membership.Split('\n').Where(line => line.Contains(marker, StringComparison.Ordinal)).Select(mounts.DirectoryOf).OfType<string>()];
    }

    /// <inheritdoc/>
    public bool IsCgroupEmpty(string directory)
    {
        try
        {
            return Directory.EnumerateFiles(directory, "cgroup.procs", SearchOption.AllDirectories).All(file => File.ReadAllText(file).Length == 0);
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (FileNotFoundException)
        {
            return !Directory.Exists(directory); // It vanished while it was read; if only a part did, the next look will tell.
        }
        catch (IOException)
        {
            return !Directory.Exists(directory); // Reading a dying cgroup fails with ENODEV.
        }
    }

    /// <inheritdoc/>
    public void KillCgroup(string directory)
    {
        const int killed = 9;
        var all = Path.Combine(directory, "cgroup.kill"); // Version 2, since Linux 5.14.
        if (File.Exists(all))
        {
            File.WriteAllText(all, "1");
            return;
        }

        // A container's first process takes all others of its pid namespace with it, so none is missed for having been made meanwhile.
        foreach (var pid in FindProcesses(directory))
            Libc.Kill(pid, killed);
        var freezer = Path.Combine(directory, "freezer.state");
        if (File.Exists(freezer))
            File.WriteAllText(freezer, "THAWED"); // What is frozen dies when it is thawed.
    }

    /// <summary>The processes of a cgroup and all below it. Those outside of our own pid namespace are told as 0, which as an address means ourselves.</summary>
    private static List<int> FindProcesses(string directory) => Directory.Exists(directory)
        ? [
            .. Directory.EnumerateFiles(directory, "cgroup.procs", SearchOption.AllDirectories)
                .SelectMany(file => (TryRead(file) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).Where(pid => pid > 1),
        ]
        : [];

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // The process ended meanwhile: ESRCH while reading, ENOENT while opening.
        }
    }
}
