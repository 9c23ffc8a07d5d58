namespace Agents.Protocol.Configuration;

/// <summary>The arguments of one of our long-running programs, read into the keys of its configuration.</summary>
/// <param name="ShowHelp">Whether the usage is asked for; then nothing else is read.</param>
/// <param name="ShowVersion">Whether the version is asked for; then nothing else is read.</param>
/// <param name="ConfigFile">The configuration file; null when the default is meant.</param>
/// <param name="Values">Configuration keys with their values.</param>
public sealed record ProgramArguments(bool ShowHelp, bool ShowVersion, string? ConfigFile, IReadOnlyDictionary<string, string?> Values);
