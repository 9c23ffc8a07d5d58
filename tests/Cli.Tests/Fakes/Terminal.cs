using Agents.Cli.Waiting;

namespace Agents.Cli.Tests.Fakes;

/// <summary>Runs agentctl in this process, with what it writes kept.</summary>
internal sealed class Terminal : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly ObservedWriter _error = new();

    /// <summary>The environment variables.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What is typed.</summary>
    public string Input { get; set; } = "";

    /// <summary>Whether a person sits there.</summary>
    public bool IsPerson { get; set; }

    /// <summary>The columns.</summary>
    public int Width { get; set; } = CliEnvironment.DefaultWidth;

    /// <summary>How long an answer may take.</summary>
    public TimeSpan AnswerTime { get; set; } = Testing.Waiting.Limit;

    /// <summary>How patient a watch is.</summary>
    public WatchLimits Limits { get; set; } = new() { Retry = TimeSpan.FromMilliseconds(5) };

    /// <summary>A terminal that is told of a controller by its environment.</summary>
    public static Terminal Of(FakeController controller) => new()
    {
        Variables = { ["AGENTS_SERVER"] = controller.Address.ToString(), ["AGENTS_TOKEN"] = FakeController.Token },
    };

    /// <summary>Ends when a text was said beside the output.</summary>
    public Task SaidAsync(string text) => _error.WroteAsync(text);

    /// <summary>Runs a command line, split at blanks.</summary>
    public Task<CliResult> RunAsync(string line, CancellationToken cancellationToken = default) => RunAsync(line.Split(' '), cancellationToken);

    /// <summary>Runs a command line.</summary>
    public async Task<CliResult> RunAsync(string[] arguments, CancellationToken cancellationToken = default)
    {
        var environment = new CliEnvironment
        {
            In = new StringReader(Input),
            Out = _out,
            Error = _error,
            IsInputTerminal = IsPerson,
            IsOutputTerminal = IsPerson,
            IsErrorTerminal = IsPerson,
            Width = Width,
            Variable = name => Variables.GetValueOrDefault(name),
            TimeProvider = new FixedClock(),
            WatchLimits = Limits,
            AnswerTime = AnswerTime,
        };
        var code = await new CommandLine(environment).RunAsync(arguments, cancellationToken).DefaultTimeout();
        return new CliResult(code, _out.ToString(), _error.ToString());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }
}
