namespace Agents.Cli;

/// <summary>The command line, or what it names on this machine, is wrong. The message is one sentence that says what to do.</summary>
internal sealed class WrongUseException(string message) : Exception(message);
