namespace Agents.Protocol.CommandLine;

/// <summary>The arguments of one of our long-running programs, taken apart. Which flags there are is the program's own.</summary>
/// <param name="ShowHelp">Whether the usage is asked for; then nothing else is read.</param>
/// <param name="ShowVersion">Whether the version is asked for; then nothing else is read.</param>
/// <param name="ConfigFile">The configuration file; null when the default is meant.</param>
/// <param name="Flags">All other flags, as "--key", with their values, in order; the value is null where the last flag has none.</param>
public sealed record ProgramArguments(bool ShowHelp, bool ShowVersion, string? ConfigFile, IReadOnlyList<(string Flag, string? Value)> Flags)
{
    /// <summary>Takes arguments apart, each as "--key value" or "--key=value".</summary>
    public static ProgramArguments Of(IReadOnlyList<string> arguments)
    {
        var flags = new List<(string Flag, string? Value)>();
        string? configFile = null;
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (argument is "--help" or "-h")
                return new ProgramArguments(true, false, null, []);
            if (argument is "--version")
                return new ProgramArguments(false, true, null, []);

            var (flag, value) = argument.Split('=', 2) is [var left, var right] ? (left, right) : (argument, index + 1 < arguments.Count ? arguments[++index] : null);
            if (flag == "--config" && value is not null)
                configFile = value;
            else
                flags.Add((flag, value));
        }

        return new ProgramArguments(false, false, configFile, flags);
    }
}
