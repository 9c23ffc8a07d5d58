using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>The time that a call has left.</summary>
internal static class CallTime
{
    private static readonly TimeSpan _least = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The limit for the first part of a call: so short that what it failed with can still be found out and said before the caller's deadline.
    /// </summary>
    public static TimeSpan FirstPart(ServerCallContext context, TimeSpan most, TimeProvider timeProvider)
    {
        if (context.Deadline == DateTime.MaxValue)
            return most;
        var half = (context.Deadline.ToUniversalTime() - timeProvider.GetUtcNow().UtcDateTime) / 2;
        return half > most ? most : half < _least ? _least : half;
    }
}
