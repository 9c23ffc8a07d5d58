using Agents.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Observation;

/// <summary>
/// Cuts what an agent reports to what is taken of it: an agent that is wrong, or another's, fills neither memory nor screens. What is cut is named by
/// <see cref="Domain.Health.HostObservation.IsTruncated"/>.
/// </summary>
internal static class ReportBounds
{
    /// <summary>The most ranges of addresses that a host uses.</summary>
    public const int SubnetsMax = 1000;

    /// <summary>The most containers, records and volumes of a host.</summary>
    public const int ObjectsMax = 2000;

    /// <summary>The most networks of a host.</summary>
    public const int NetworksMax = 500;

    /// <summary>The most warnings of a host.</summary>
    public const int WarningsMax = 20;

    /// <summary>The most members, replicas and slots that a server tells of.</summary>
    public const int MembersMax = 1000;

    /// <summary>The most processors of a host.</summary>
    public const int CpusMax = 100_000;

    /// <summary>More than any host has of anything: sums of it are still numbers.</summary>
    public const long AmountMax = 1L << 56;

    /// <summary>The longest text.</summary>
    public const int TextMax = 4096;

    /// <summary>The longest text of a refusal: it is stored with operations, again and again.</summary>
    public const int RefusalMax = 400;

    /// <summary>A text within its bound.</summary>
    public static string Cut(string text) => Cut(text, TextMax);

    /// <summary>A refusal within its bound.</summary>
    public static string CutRefusal(string text) => Cut(text, RefusalMax);

    /// <summary>An amount within its bounds.</summary>
    public static long Cut(long amount) => Math.Clamp(amount, 0, AmountMax);

    /// <summary>A time; null when it is none.</summary>
    public static DateTimeOffset? TimeOf(Timestamp? time)
    {
        const long last = 253_402_300_799; // The end of the year 9999.
        return time is { Seconds: >= 0 and <= last, Nanos: >= 0 and < NanosPerSecond } ? time.ToDateTimeOffset() : null;
    }

    /// <summary>A span of time; null when it is none.</summary>
    public static TimeSpan? SpanOf(Duration? span) => span is { Seconds: >= 0 and <= AmountMax / TimeSpan.TicksPerSecond, Nanos: >= 0 and < NanosPerSecond } ? span.ToTimeSpan() : null;

    /// <summary>Takes from a snapshot what is beyond its bounds; whether anything was.</summary>
    public static bool Cut(HostSnapshot snapshot) =>
        Cut(snapshot.Containers, ObjectsMax) | Cut(snapshot.Instances, ObjectsMax) | Cut(snapshot.Volumes, ObjectsMax) | Cut(snapshot.Networks, NetworksMax) | snapshot.Truncated;

    private const int NanosPerSecond = 1_000_000_000;

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..max];

    private static bool Cut<T>(RepeatedField<T> items, int max)
    {
        if (items.Count <= max)
            return false;
        while (items.Count > max)
            items.RemoveAt(items.Count - 1);
        return true;
    }
}
