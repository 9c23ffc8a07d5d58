using System.Globalization;

namespace Agents.Agent.Containers;

/// <summary>
/// The hard limits of this process, which are taken for those of the engine beside it: where a host gives its services less than we ask for, a container that asks for more
/// could not be started at all.
/// </summary>
/// <param name="Nofile">Open files.</param>
/// <param name="Nproc">Processes of a user.</param>
internal sealed record ProcessLimits(long Nofile, long Nproc)
{
    /// <summary>No limit.</summary>
    public const long Unlimited = -1;

    /// <summary>The limits as the kernel tells them; none where it does not.</summary>
    public static ProcessLimits Read()
    {
        try
        {
            return Parse(File.ReadAllText("/proc/self/limits"));
        }
        catch (IOException)
        {
            return new ProcessLimits(Unlimited, Unlimited);
        }
    }

    /// <summary>Reads /proc/PID/limits.</summary>
    public static ProcessLimits Parse(string text) => new(HardOf(text, "Max open files"), HardOf(text, "Max processes"));

    /// <summary>The smaller of a wanted number of open files and what there is.</summary>
    public long CapNofile(long wanted) => Nofile == Unlimited ? wanted : Math.Min(wanted, Nofile);

    private static long HardOf(string text, string name)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? "";
        var columns = line[Math.Min(name.Length, line.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 1 && long.TryParse(columns[1], NumberStyles.None, CultureInfo.InvariantCulture, out var hard) ? hard : Unlimited;
    }
}
