using Agents.Protocol;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>Checks of single fields of requests.</summary>
internal static class Requests
{
    /// <summary>Refuses a request for one of its fields.</summary>
    public static void Require(bool holds, string field, string description)
    {
        if (!holds)
            throw RpcErrors.Create(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, $"'{field}' {description}.", violations: [(field, description)]);
    }

    /// <summary>A duration above 0 and within a limit; the default when it is not given.</summary>
    public static TimeSpan Limit(string field, Duration? given, TimeSpan standard, TimeSpan longest)
    {
        var duration = given?.ToTimeSpan() ?? standard;
        Require(duration > TimeSpan.Zero && duration <= longest, field, $"must be above 0 and at most {longest.TotalSeconds} s");
        return duration;
    }
}
