using System.Globalization;
using System.Text;
using Agents.Protocol.CommandLine;

namespace Agents.Controller.Configuration;

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
            var usage = new StringBuilder("Usage: Agents.Controller [--config FILE] [--KEY VALUE]...\n\nThe controller of a fleet of Docker hosts. Keys, as flags:\n");
            foreach (var key in ConfigurationKeys.All)
                usage.Append("  ").Append(ConfigurationKeys.FlagOf(key)).Append(key == ConfigurationKeys.AllowedHosts ? " NAME (repeatable)\n" : " VALUE\n");
            return usage.Append(
                $"""

                The same keys are read from the file (default {ControllerConfiguration.DefaultFile}, as "rest_address") and from the environment
                ({ControllerConfiguration.EnvironmentPrefix}REST_ADDRESS). Flags win over the environment, the environment wins over the file.
                  --help      this text
                  --version   the version

                """).ToString();
        }
    }

    /// <summary>Reads the arguments, each as "--key value" or "--key=value".</summary>
    public static CommandLineArguments Parse(IReadOnlyList<string> arguments)
    {
        var read = ProgramArguments.Of(arguments);
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (flag, value) in read.Flags)
            Add(values, flag, value ?? throw new ConfigurationException($"{flag} needs a value: see --help"));
        return new CommandLineArguments(read.ShowHelp, read.ShowVersion, read.ConfigFile, values);
    }

    private static void Add(Dictionary<string, string?> values, string flag, string value)
    {
        var key = ConfigurationKeys.All.FirstOrDefault(known => flag == ConfigurationKeys.FlagOf(known)) ?? throw new ConfigurationException($"there is no flag {flag}: see --help");
        if (key == ConfigurationKeys.AllowedHosts)
            values[string.Create(CultureInfo.InvariantCulture, $"{key}:{values.Count}")] = value;
        else
            values[key] = value;
    }
}
