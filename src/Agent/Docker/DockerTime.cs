using System.Globalization;

namespace Agents.Agent.Docker;

/// <summary>Times as the engine's query parameters want them: seconds with a fraction.</summary>
internal static class DockerTime
{
    /// <summary>Writes a time.</summary>
    public static string Format(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick:D9}");
    }
}
