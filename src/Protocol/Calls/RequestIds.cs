using Grpc.Core;

namespace Agents.Protocol.Calls;

/// <summary>The id under which one request is found in the logs of both ends.</summary>
public static class RequestIds
{
    /// <summary>The name of the header.</summary>
    public const string Header = "x-request-id";

    private const int LengthMax = 128;

    /// <summary>The id that came with a call, or an empty string: what is malformed never reaches a log.</summary>
    public static string Of(Metadata headers) => OfText(headers.GetValue(Header));

    /// <summary>The id that a header's text is, or an empty string.</summary>
    public static string OfText(string? text) => text is { Length: > 0 and <= LengthMax } && text.All(IsPlain) ? text : "";

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':';
}
