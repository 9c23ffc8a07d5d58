using System.Text.Json.Serialization.Metadata;

namespace Agents.Agent.Docker;

/// <summary>One request to the engine, without the API version: that is settled when it is sent.</summary>
internal sealed record DockerRequest(HttpMethod Method, string Path)
{
    private Func<HttpContent>? _content;

    /// <summary>How long the call may take.</summary>
    public TimeSpan Timeout { get; init; } = DockerConnection.CallTimeout;

    /// <summary>Whether the request may be sent a second time; a body that is a stream is used up by the first.</summary>
    public bool CanRepeat { get; private init; } = true;

    /// <summary>Reads.</summary>
    public static DockerRequest Get(string path) => new(HttpMethod.Get, path);

    /// <summary>Does.</summary>
    public static DockerRequest Post(string path) => new(HttpMethod.Post, path);

    /// <summary>Removes.</summary>
    public static DockerRequest Delete(string path) => new(HttpMethod.Delete, path);

    /// <summary>The same request with a JSON body.</summary>
    public DockerRequest WithJson<T>(T body, JsonTypeInfo<T> type) => this with { _content = () => JsonContent.Create(body, type) };

    /// <summary>The same request with a tar archive as its body.</summary>
    public DockerRequest WithTar(Stream body) => this with
    {
        CanRepeat = false,
        _content = () => new StreamContent(body) { Headers = { ContentType = new("application/x-tar") } },
    };

    /// <summary>The message to send, new with every call.</summary>
    public HttpRequestMessage ToMessage(string version) => new(Method, $"/v{version}{Path}") { Content = _content?.Invoke() };

    /// <summary>A path with its segments and values escaped.</summary>
    public static string Escape(FormattableString path) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, path.Format, [.. path.GetArguments().Select(value => (object)EscapeValue(value))]);

    private static string EscapeValue(object? value) =>
        Uri.EscapeDataString(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "");
}
