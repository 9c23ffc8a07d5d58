using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Agents.Cli.Output;

/// <summary>Writes results to the output, and everything else to the error stream, so that results can be piped.</summary>
internal sealed class Screen(CliEnvironment environment)
{
    private static readonly JsonWriterOptions _pretty = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line of the result.</summary>
    public void Line(string text) => environment.Out.WriteLine(text);

    /// <summary>A table or the like. Without colours there are no blanks at the ends of lines either.</summary>
    public void Write(IRenderable picture)
    {
        using var buffer = new StringWriter();
        ConsoleOn(buffer, environment.HasColours).Write(picture);
        foreach (var line in buffer.ToString().TrimEnd('\n').Split('\n'))
            environment.Out.WriteLine(environment.HasColours ? line : line.TrimEnd());
    }

    /// <summary>JSON as it came, but for its white space.</summary>
    public void Json(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, _pretty))
            document.RootElement.WriteTo(writer);
        Line(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    /// <summary>A line for people beside the result.</summary>
    public void Hint(string text) => environment.Error.WriteLine(Text.Plain(text));

    /// <summary>What went wrong.</summary>
    public void Error(string text) => Hint($"error: {text}");

    /// <summary>A console on the error stream, for drawing.</summary>
    public IAnsiConsole ErrorConsole() => ConsoleOn(environment.Error, isAnsi: true);

    private IAnsiConsole ConsoleOn(TextWriter writer, bool isAnsi)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isAnsi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isAnsi && environment.Variable("NO_COLOR") is null ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = environment.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
