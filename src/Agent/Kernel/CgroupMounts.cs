namespace Agents.Agent.Kernel;

/// <summary>Where the cgroup hierarchies are mounted: one for each set of controllers in version 1, a single one in version 2.</summary>
internal sealed class CgroupMounts
{
    private readonly List<(string FileSystem, string[] Options, string Root, string Directory)> _mounts = [];

    /// <summary>Reads /proc/self/mountinfo.</summary>
    public static CgroupMounts Parse(string mountInfo)
    {
        var mounts = new CgroupMounts();
        foreach (var line in mountInfo.Split('\n'))
        {
            // 36 35 98:0 /root /mount/point options [optional…] - type source super-options
            var halves = line.Split(" - ", 2);
            if (halves.Length == 2 && halves[0].Split(' ') is [_, _, _, var root, var directory, ..] && halves[1].Split(' ') is [var type, _, var options]
                && type is "cgroup" or "cgroup2")
                mounts._mounts.Add((type, options.Split(','), root, directory));
        }

        return mounts;
    }

    /// <summary>The directory of one line of /proc/PID/cgroup ("4:memory:/docker/abc", or "0::/docker/abc" in version 2); null where it is not mounted here.</summary>
    public string? DirectoryOf(string line)
    {
        if (line.Split(':', 3) is not [_, var controllers, var path])
            return null;
        foreach (var (fileSystem, options, root, directory) in _mounts)
        {
            var matches = controllers.Length == 0 ? fileSystem == "cgroup2" : fileSystem == "cgroup" && controllers.Split(',').All(options.Contains);
            if (matches && Within(root, path) is { } relative)
                return directory + relative;
        }

        return null;
    }

    private static string? Within(string root, string path) =>
        root == "/" ? path : path.StartsWith(root + "/", StringComparison.Ordinal) ? path[root.Length..] : null;
}
