using System.Net;
using System.Text.Json;

namespace Agents.Agent.Docker;

/// <summary>A call to the engine failed. The message holds the engine's own words.</summary>
internal sealed class DockerException : Exception
{
    private static readonly Dictionary<HttpStatusCode, DockerFailure> s_failures = new()
    {
        [HttpStatusCode.NotFound] = DockerFailure.NotFound,
        [HttpStatusCode.Conflict] = DockerFailure.Conflict,
        [HttpStatusCode.BadRequest] = DockerFailure.BadRequest,
    };

    /// <summary>Makes a failure.</summary>
    public DockerException(DockerFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>What kind of failure it is.</summary>
    public DockerFailure Failure { get; }

    /// <summary>The failure that an HTTP status stands for, with the words of its body: JSON with a message, or plain text.</summary>
    public static DockerException Of(HttpStatusCode status, string body) => new(s_failures.GetValueOrDefault(status, DockerFailure.Refused), Words(status, body));

    /// <summary>The engine does not answer.</summary>
    public static DockerException Unreachable(string socket, Exception inner) =>
        new(DockerFailure.Unreachable, $"The Docker Engine at {socket} does not answer: {(inner.InnerException ?? inner).Message}", inner);

    private static string Words(HttpStatusCode status, string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message) && message.GetString() is { Length: > 0 } words
                ? words
                : body;
        }
        catch (JsonException)
        {
            return body.Length > 0 ? body : $"status {(int)status}";
        }
    }
}
