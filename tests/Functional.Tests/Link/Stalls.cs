using Agents.Testing;
using Grpc.Core;

namespace Agents.Functional.Tests.Link;

/// <summary>Streams that nobody reads, and their end.</summary>
internal static class Stalls
{
    /// <summary>Waits until a stream took no more for half a second; fails when it never does.</summary>
    public static async Task WaitUntilStalledAsync(TestAgentBehaviour behaviour)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        long before;
        do
        {
            before = behaviour.Written;
            await timer.WaitForNextTickAsync(limit.Token);
        }
        while (before == 0 || before != behaviour.Written);
    }

    /// <summary>Reads a stream to its end.</summary>
    public static async Task DrainAsync<T>(IAsyncStreamReader<T> reader)
    {
        while (await reader.MoveNext(CancellationToken.None))
        {
        }
    }
}
