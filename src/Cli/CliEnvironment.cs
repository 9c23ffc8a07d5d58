using Agents.Cli.Waiting;

namespace Agents.Cli;

/// <summary>The surroundings of a run: streams, variables, clock. Tests give their own.</summary>
internal sealed record CliEnvironment
{
    /// <summary>The width of tables where there is no terminal.</summary>
    public const int DefaultWidth = 120;

    /// <summary>Where answers to questions come from.</summary>
    public required TextReader In { get; init; }

    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where progress, hints and errors go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person can be asked.</summary>
    public required bool IsInputTerminal { get; init; }

    /// <summary>Whether a person looks at the results.</summary>
    public required bool IsOutputTerminal { get; init; }

    /// <summary>Whether a person looks at progress.</summary>
    public required bool IsErrorTerminal { get; init; }

    /// <summary>The columns of the terminal.</summary>
    public required int Width { get; init; }

    /// <summary>Reads an environment variable; null when it is not set or empty.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>How patient a wait for an operation is.</summary>
    public WatchLimits WatchLimits { get; init; } = new();

    /// <summary>How long an answer may take.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether results may have colours.</summary>
    public bool HasColours => IsOutputTerminal && Variable("NO_COLOR") is null && Variable("TERM") != "dumb";

    /// <summary>Whether progress is drawn in place: only where it cannot end in a file.</summary>
    public bool HasLiveProgress => IsOutputTerminal && IsErrorTerminal && Variable("TERM") != "dumb";

    /// <summary>The surroundings of this process.</summary>
    public static CliEnvironment OfProcess() => new()
    {
        In = Console.In,
        Out = Console.Out,
        Error = Console.Error,
        IsInputTerminal = !Console.IsInputRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? DefaultWidth : Console.WindowWidth,
        Variable = name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
        TimeProvider = TimeProvider.System,
    };
}
