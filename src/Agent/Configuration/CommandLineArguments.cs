using System.Text;
using Agents.Protocol.CommandLine;

namespace Agents.Agent.Configuration;

/// <summary>The arguments of the process, read into configuration keys. Throws <see cref="ConfigurationException"/> for what it does not know.</summary>
/// <param name="ShowHelp">Whether the usage is asked for.</param>
/// <param name="ShowVersion">Whether the version is asked for.</param>
/// <param name="ConfigFile">The configuration file; null when the default is meant.</param>
/// <param name="Values">Configuration keys with their values.</param>
internal sealed record CommandLineArguments(bool ShowHelp, bool ShowVersion, string? ConfigFile, IReadOnlyDictionary<string, string?> Values)
{
    /// <summary>The usage.</summary>
    public static string Usage
    {
        get
        {
            var usage = new StringBuilder("Usage: Agents.Agent [--config FILE] [--KEY VALUE]...\n\nThe agent of one Docker host. Keys, as flags:\n");
            foreach (var key in ConfigurationKeys.All)
                usage.Append("  --").Append(FlagOf(key)).Append(key == ConfigurationKeys.Labels ? " KEY=VALUE (repeatable)\n" : " VALUE\n");
            return usage.Append(
                "\nThe same keys are read from the file (default /etc/agents/agent.json, as \"cluster_address\") and from the environment\n" +
                "(AGENTS_AGENT__CLUSTER_ADDRESS). Flags win over the environment, the environment wins over the file.\n" +
                "  --help      this text\n  --version   the version\n").ToString();
        }
    }

    /// <summary>Reads the arguments, each as "--key value" or "--key=value".</summary>
    public static CommandLineArguments Parse(IReadOnlyList<string> arguments)
    {
        var read = ProgramArguments.Of(arguments);
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (flag, value) in read.Flags)
            Add(values, flag, value ?? throw new ConfigurationException($"'{flag}' needs a value. See --help."));
        return new CommandLineArguments(read.ShowHelp, read.ShowVersion, read.ConfigFile, values);
    }

    private static void Add(Dictionary<string, string?> values, string flag, string value)
    {
        var key = ConfigurationKeys.All.FirstOrDefault(known => flag == "--" + FlagOf(known))
            ?? throw new ConfigurationException($"The flag '{flag}' is unknown. See --help.");
        if (key != ConfigurationKeys.Labels)
            values[key] = value;
        else if (value.Split('=', 2) is [{ Length: > 0 } name, var text])
            values[$"{key}:{name}"] = text;
        else
            throw new ConfigurationException($"'{flag}' needs KEY=VALUE, not '{value}'.");
    }

    private static string FlagOf(string key) => key == ConfigurationKeys.Labels ? "label" : key.Replace('_', '-');
}
