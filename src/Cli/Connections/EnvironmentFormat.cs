namespace Agents.Cli.Connections;

/// <summary>The environment variables of libpq as lines for a shell's eval.</summary>
internal static class EnvironmentFormat
{
    /// <summary>As "export PGHOST='10.0.0.1,10.0.0.2'" and so on.</summary>
    public static string Write(ConnectionTarget target) =>
        string.Join('\n', LibpqVariables.Of(target).Select(variable => $"export {variable.Name}={Quote(variable.Value)}"));

    // Within single quotes a shell expands nothing; a single quote itself has to stand outside.
    private static string Quote(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
