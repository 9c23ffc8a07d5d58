namespace Agents.Cli.Commands;

/// <summary>Where the token comes from: the flag, the variable with the token, the variable with its file, or the file that a controller on this machine writes.</summary>
internal sealed record TokenSource(string Token, string Name)
{
    /// <summary>The variable with the token itself.</summary>
    public const string TokenVariable = "AGENTS_TOKEN";

    /// <summary>The variable with the token's file.</summary>
    public const string FileVariable = "AGENTS_TOKEN_FILE";

    /// <summary>The administrator's token of a controller on this machine.</summary>
    public const string DefaultFile = "/var/lib/agents-controller/admin.token";

    /// <summary>Finds the token.</summary>
    public static TokenSource Find(string? flag, Func<string, string?> variable)
    {
        if (flag is { } file)
            return Read(file);
        if (variable(TokenVariable) is { } token)
            return new TokenSource(Check(token.Trim(), TokenVariable), $"the variable {TokenVariable}");
        return Read(variable(FileVariable) ?? DefaultFile);
    }

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => Name;

    private static TokenSource Read(string file)
    {
        try
        {
            return new TokenSource(Check(File.ReadAllText(file).Trim(), file), file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException(
                $"the token cannot be read from {file} ({Cause(exception)}): name its file with --token-file or {FileVariable}, or give the token in {TokenVariable}");
        }
    }

    private static string Cause(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "no permission",
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        _ => exception.Message,
    };

    private static string Check(string token, string source) => token.Length > 0 && token.All(character => character is > ' ' and <= '~')
        ? token
        : throw new WrongUseException($"what {source} holds is no token: it is one line of letters, digits and signs");
}
