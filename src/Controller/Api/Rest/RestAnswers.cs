using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Agents.Controller.Api.Rest.Json;
using Google.Protobuf;

namespace Agents.Controller.Api.Rest;

/// <summary>Writes answers: messages of the contract, and problems.</summary>
internal static class RestAnswers
{
    /// <summary>The header under which a request is found in the log.</summary>
    public const string RequestIdHeader = "X-Request-Id";

    // The content type is said and may not be guessed, so nothing needs to be escaped for the sake of HTML.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a message as the whole answer.</summary>
    public static Task WriteAsync(HttpResponse response, IMessage message, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json; charset=utf-8";
        return WriteAsync(response, writer => ProtoJsonWriter.Write(writer, message), cancellationToken);
    }

    /// <summary>Writes a problem as the whole answer.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json; charset=utf-8";
        if (problem.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return WriteAsync(context.Response, writer => WriteProblem(writer, problem, context.Response.Headers[RequestIdHeader].ToString()), CancellationToken.None);
    }

    /// <summary>A message as one line of text.</summary>
    public static string ToLine(IMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, _options))
            ProtoJsonWriter.Write(writer, message);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static async Task WriteAsync(HttpResponse response, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(buffer, _options))
            write(writer);
        buffer.Write("\n"u8);
        response.ContentLength = buffer.WrittenCount;
        await response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }

    private static void WriteProblem(Utf8JsonWriter writer, Problem problem, string requestId)
    {
        writer.WriteStartObject();
        writer.WriteString("type", $"urn:agents:problem:{problem.Reason.ToLowerInvariant()}");
        writer.WriteString("title", problem.Title);
        writer.WriteNumber("status", problem.Status);
        writer.WriteString("detail", problem.Detail);
        writer.WriteString("reason", problem.Reason);
        writer.WriteStartArray("violations");
        foreach (var violation in problem.Violations)
        {
            writer.WriteStartObject();
            writer.WriteString("path", violation.Path);
            writer.WriteString("message", violation.Message);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartObject("metadata");
        foreach (var (key, value) in problem.Metadata)
            writer.WriteString(key, value);
        writer.WriteEndObject();
        writer.WriteString("request_id", requestId);
        writer.WriteEndObject();
    }
}
