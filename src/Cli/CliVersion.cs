namespace Agents.Cli;

/// <summary>The version of this program.</summary>
internal static class CliVersion
{
    /// <summary>As "0.1.0".</summary>
    public static string Text { get; } = typeof(CliVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
