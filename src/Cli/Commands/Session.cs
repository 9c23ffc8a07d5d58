using Agents.Cli.Api;
using Agents.Cli.Output;

namespace Agents.Cli.Commands;

/// <summary>What a command works with: the server, the screen, and what was said for all commands.</summary>
internal sealed class Session(CliEnvironment environment, ApiClient api, TokenSource tokenSource, OutputFormat format, string? project) : IDisposable
{
    /// <summary>The server.</summary>
    public ApiClient Api => api;

    /// <summary>The surroundings.</summary>
    public CliEnvironment Environment => environment;

    /// <summary>Where results go.</summary>
    public Screen Screen { get; } = new(environment);

    /// <summary>Where the token comes from.</summary>
    public string TokenOrigin => tokenSource.Name;

    /// <summary>How results are written.</summary>
    public OutputFormat Format => format;

    /// <summary>The project; null when none was named.</summary>
    public string? Project => project;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => environment.TimeProvider.GetUtcNow();

    /// <inheritdoc/>
    public void Dispose() => api.Dispose();

    /// <summary>Shows an answer: as it came, or for people.</summary>
    public int Show<T>(ApiReply<T> reply, Action<T> write)
    {
        if (format == OutputFormat.Json)
            Screen.Json(reply.Json);
        else
            write(reply.Value);
        return ExitCodes.Done;
    }

    /// <summary>A request id: the one given, or a new one.</summary>
    public static string RequestIdOf(string? given) => string.IsNullOrEmpty(given) ? Guid.NewGuid().ToString() : given;

    /// <summary>A path with the project.</summary>
    public string WithProject(string path) => Paths.With(path, ("project", project));
}
