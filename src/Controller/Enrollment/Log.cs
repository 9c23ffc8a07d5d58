using Agents.Domain.Model;

namespace Agents.Controller.Enrollment;

/// <summary>What enrolment logs: events 3100 to 3199. Never a token, never a key.</summary>
internal static partial class Log
{
    [LoggerMessage(3100, LogLevel.Information, "Host {HostId} (\"{Name}\" of project {Project}) enrolled from {SourceAddress}")]
    public static partial void HostEnrolled(ILogger logger, HostId hostId, string name, string project, string sourceAddress);

    [LoggerMessage(3101, LogLevel.Warning, "Enrolment of \"{Name}\" from {SourceAddress} refused: {Reason}")]
    public static partial void EnrollmentRefused(ILogger logger, string name, string sourceAddress, string reason);
}
