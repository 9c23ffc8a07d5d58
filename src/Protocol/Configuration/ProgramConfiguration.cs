using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Agents.Protocol.Configuration;

/// <summary>
/// How a long-running program is configured: a file, the environment and flags, in ascending order of weight. The keys are those that the properties of its options
/// declare; every other key is an error. What the values mean is the program's own.
/// </summary>
public sealed class ProgramConfiguration
{
    private readonly string _program;
    private readonly string _purpose;
    private readonly IReadOnlyList<ConfigurationKey> _keys;

    private ProgramConfiguration(string program, string purpose, IReadOnlyList<ConfigurationKey> keys)
    {
        _program = program;
        _purpose = purpose;
        _keys = keys;
        DefaultFile = $"/etc/agents/{program}.json";
        EnvironmentPrefix = $"AGENTS_{program.ToUpperInvariant()}__";
    }

    /// <summary>The file that is read when none is named; it may be missing.</summary>
    public string DefaultFile { get; }

    /// <summary>What the environment's variables begin with.</summary>
    public string EnvironmentPrefix { get; }

    /// <summary>The usage.</summary>
    public string Usage
    {
        get
        {
            var usage = new StringBuilder($"Usage: Agents.{char.ToUpperInvariant(_program[0])}{_program[1..]} [--config FILE] [--KEY VALUE]...\n\n{_purpose} Keys, as flags:\n");
            foreach (var key in _keys)
                usage.Append("  ").Append(key.Usage).Append('\n');
            return usage.Append(CultureInfo.InvariantCulture,
                $"""

                The same keys are read from the file (default {DefaultFile}, as "data_directory") and from the environment
                ({EnvironmentPrefix}DATA_DIRECTORY). Flags win over the environment, the environment wins over the file.
                  --help      this text
                  --version   the version

                """).ToString();
        }
    }

    /// <summary>The configuration of a program whose options are of that type.</summary>
    public static ProgramConfiguration Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(string program, string purpose) =>
        new(program, purpose, [.. typeof(TOptions).GetProperties().Select(ConfigurationKey.Of)]);

    /// <summary>Reads the arguments, each as "--key value" or "--key=value". Throws <see cref="ConfigurationException"/> for what it does not know.</summary>
    public ProgramArguments Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        string? configFile = null;
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (argument is "--help" or "-h")
                return new ProgramArguments(true, false, null, values);
            if (argument is "--version")
                return new ProgramArguments(false, true, null, values);

            var (flag, value) = argument.Split('=', 2) is [var left, var right] ? (left, right) : (argument, null);
            var key = flag == "--config" ? null : _keys.FirstOrDefault(known => known.Flag == flag) ?? throw new ConfigurationException($"The flag '{flag}' is unknown. See --help.");
            if (key is { IsSecret: true })
                throw new ConfigurationException($"'{flag}' would show its value to every user of this machine: set '{key.Name}' in the file or as {EnvironmentPrefix}{key.Name.ToUpperInvariant()}, or name a file that holds it.");
            value ??= key is { IsSwitch: true } ? bool.TrueString : index + 1 < arguments.Count ? arguments[++index] : throw new ConfigurationException($"'{flag}' needs a value. See --help.");
            if (key is null)
                configFile = value;
            else // Lists of the file have numbers for names: what a flag adds gets another kind of name, so that it replaces none of them.
                values[key.IsList ? $"{key.Name}:flag{values.Count}" : key.Name] = value;
        }

        return new ProgramArguments(false, false, configFile, values);
    }

    /// <summary>Reads file, environment and flags. Throws <see cref="ConfigurationException"/>, which names every key that is unknown or has no value of its form.</summary>
    public IConfiguration Read(ProgramArguments arguments)
    {
        var configuration = Build(arguments);
        var errors = configuration.GetChildren().Select(Refuse).OfType<string>().ToList();
        return errors.Count == 0 ? configuration : throw new ConfigurationException(errors);
    }

    private string? Refuse(IConfigurationSection section) => _keys.FirstOrDefault(key => key.Name.Equals(section.Key, StringComparison.OrdinalIgnoreCase)) is { } key
        ? key.Refuse(section)
        : $"The key '{section.Key}' is unknown. Known keys: {string.Join(", ", _keys.Select(known => known.Name))}.";

    private IConfigurationRoot Build(ProgramArguments arguments)
    {
        var file = Path.GetFullPath(arguments.ConfigFile ?? DefaultFile);
        if (arguments.ConfigFile is not null && !File.Exists(file))
            throw new ConfigurationException($"The configuration file {file} does not exist.");
        try
        {
            return new ConfigurationBuilder().AddJsonFile(file, optional: true, reloadOnChange: false)
                .AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(arguments.Values).Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file}: {(exception.InnerException ?? exception).Message}");
        }
    }
}
