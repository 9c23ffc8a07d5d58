using System.Net;

namespace Agents.Agent.Docker;

/// <summary>A call to the engine failed. The message holds the engine's own words.</summary>
internal sealed class DockerException : Exception
{
    /// <summary>Makes a failure.</summary>
    public DockerException(DockerFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>What kind of failure it is.</summary>
    public DockerFailure Failure { get; }

    /// <summary>The failure that an HTTP status stands for.</summary>
    public static DockerException Of(HttpStatusCode status, string message) => new(
        status switch
        {
            HttpStatusCode.NotFound => DockerFailure.NotFound,
            HttpStatusCode.Conflict => DockerFailure.Conflict,
            HttpStatusCode.BadRequest => DockerFailure.BadRequest,
            _ => DockerFailure.Refused,
        },
        message);

    /// <summary>The engine does not answer.</summary>
    public static DockerException Unreachable(string socket, Exception inner) =>
        new(DockerFailure.Unreachable, $"The Docker Engine at {socket} does not answer: {(inner.InnerException ?? inner).Message}", inner);
}
