using System.Globalization;

namespace Agents.Agent.Kernel;

/// <summary>The kernel's CLOCK_BOOTTIME, as /proc/uptime shows it.</summary>
internal sealed class KernelBootClock(string procDirectory = "/proc") : IBootClock
{
    /// <inheritdoc/>
    public string BootId { get; } = File.ReadAllText(Path.Combine(procDirectory, "sys/kernel/random/boot_id")).Trim();

    /// <inheritdoc/>
    public TimeSpan SinceBoot
    {
        get
        {
            var text = File.ReadAllText(Path.Combine(procDirectory, "uptime"));
            return TimeSpan.FromSeconds(double.Parse(text.AsSpan(0, text.IndexOf(' ')), CultureInfo.InvariantCulture));
        }
    }
}
