using System.CommandLine;

namespace Agents.Cli.Commands;

/// <summary>A command that hands the terminal to another program. What is typed at the terminal, Ctrl-C too, is that program's.</summary>
internal sealed class ForegroundCommand(string name, string description) : Command(name, description);
