using System.Diagnostics;

namespace Agents.EndToEnd.Tests;

/// <summary>Waits for the outside world, which tells nobody when it is ready.</summary>
internal static class Until
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a condition holds. Throws with the description when it does not within the limit.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> describe)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > limit)
                throw new TimeoutException($"not there after {limit.TotalSeconds:0} s: {describe()}");
            await Task.Delay(_pause);
        }
    }
}
