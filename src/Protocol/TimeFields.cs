using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Agents.Protocol;

/// <summary>
/// Durations and times of requests, before anybody converts one: whatever was sent, the wire carries numbers of seconds and nanoseconds that no duration and no time has.
/// </summary>
public static class TimeFields
{
    private const long SecondsMax = 315_576_000_000;
    private const long TimeMin = -62_135_596_800;
    private const long TimeMax = 253_402_300_799;
    private const int NanosMax = 999_999_999;

    /// <summary>The fields of a message that are none, at any depth, by their path.</summary>
    public static IEnumerable<(string Field, string Description)> Violations(IMessage message) => Violations(message, "");

    /// <summary>Refuses a request with such a field.</summary>
    public static void Require(IMessage request)
    {
        List<(string Field, string Description)> violations = [.. Violations(request)];
        if (violations.Count > 0)
            throw RpcErrors.Create(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, $"'{violations[0].Field}' {violations[0].Description}.", violations);
    }

    private static IEnumerable<(string Field, string Description)> Violations(IMessage message, string prefix) =>
        message.Descriptor.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message).SelectMany(field => ViolationsOf(field.Accessor.GetValue(message), prefix + field.Name));

    private static IEnumerable<(string Field, string Description)> ViolationsOf(object? value, string path) => value switch
    {
        Duration span => IsDuration(span) ? [] : [(path, "is no duration: seconds and nanoseconds have one sign, and there are less than a thousand million of the latter")],
        Timestamp time => IsTime(time) ? [] : [(path, "is no time of the years 1 to 9999")],
        IMessage child => Violations(child, $"{path}."),
        IDictionary entries => entries.Keys.Cast<object>().SelectMany(key => ViolationsOf(entries[key] as IMessage, $"{path}.{key}")),
        IList items => items.Cast<object>().SelectMany((item, index) => ViolationsOf(item as IMessage, $"{path}[{index}]")),
        _ => [],
    };

    private static bool IsDuration(Duration span) => span is { Seconds: >= -SecondsMax and <= SecondsMax, Nanos: >= -NanosMax and <= NanosMax } && Math.Sign(span.Seconds) * Math.Sign(span.Nanos) >= 0;

    private static bool IsTime(Timestamp time) => time is { Seconds: >= TimeMin and <= TimeMax, Nanos: >= 0 and <= NanosMax };
}
