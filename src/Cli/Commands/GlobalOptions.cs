using System.CommandLine;
using Agents.Cli.Output;

namespace Agents.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    /// <summary>The server.</summary>
    public Option<string?> Server { get; } = new("--server")
    {
        Description = $"The controller (variable {SessionFactory.ServerVariable}; {SessionFactory.DefaultServer} when neither is given)",
        HelpName = "URL",
        Recursive = true,
    };

    /// <summary>The file that holds the token.</summary>
    public Option<string?> TokenFile { get; } = new("--token-file")
    {
        Description = $"The file with the token (variable {TokenSource.FileVariable}, or the token itself in {TokenSource.TokenVariable}; {TokenSource.DefaultFile} when none is given)",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>How results are written.</summary>
    public Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "How results are written: table, or the server's json",
        HelpName = "table|json",
        Recursive = true,
    };

    /// <summary>The project.</summary>
    public Option<string?> Project { get; } = new("--project") { Description = "The project (the server's default when not given; lists show all)", HelpName = "PROJECT", Recursive = true };

    /// <summary>Adds them to the root.</summary>
    public void AddTo(RootCommand root)
    {
        root.Add(Server);
        root.Add(TokenFile);
        root.Add(Output);
        root.Add(Project);
    }
}
