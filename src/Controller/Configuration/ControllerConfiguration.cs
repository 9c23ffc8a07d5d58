using System.Net;
using Agents.Controller.Api;

namespace Agents.Controller.Configuration;

/// <summary>Reads file, environment and flags, in ascending order of weight. Unknown keys are errors.</summary>
internal static class ControllerConfiguration
{
    /// <summary>The file that is read when none is named; it may be missing.</summary>
    public const string DefaultFile = "/etc/agents/controller.json";

    /// <summary>What the environment's variables begin with.</summary>
    public const string EnvironmentPrefix = "AGENTS_CONTROLLER__";

    /// <summary>The checked settings. Throws <see cref="ConfigurationException"/>, which names every key that is wrong.</summary>
    public static ControllerSettings Load(CommandLineArguments arguments)
    {
        var configuration = Build(arguments);
        var errors = new List<string>();
        errors.AddRange(configuration.GetChildren().Where(section => !ConfigurationKeys.All.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            .Select(section => $"there is no key \"{section.Key}\": known are {string.Join(", ", ConfigurationKeys.All)}"));
        var settings = Read(configuration, errors);
        return errors.Count == 0 ? settings : throw new ConfigurationException(string.Join('\n', errors));
    }

    private static IConfigurationRoot Build(CommandLineArguments arguments)
    {
        var file = Path.GetFullPath(arguments.ConfigFile ?? DefaultFile);
        if (arguments.ConfigFile is not null && !File.Exists(file))
            throw new ConfigurationException($"there is no configuration file {file}");
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

    private static ControllerSettings Read(IConfigurationRoot configuration, List<string> errors) => new()
    {
        DataDirectory = Path.GetFullPath(Text(configuration, ConfigurationKeys.DataDirectory, "/var/lib/agents-controller")),
        Agents = EndPoint(configuration, ConfigurationKeys.AgentsAddress, "0.0.0.0:7443", errors),
        Api = new ApiOptions
        {
            Rest = EndPoint(configuration, ConfigurationKeys.RestAddress, "127.0.0.1:8080", errors),
            Grpc = EndPoint(configuration, ConfigurationKeys.GrpcAddress, "127.0.0.1:8081", errors),
            AllowedHosts = [.. configuration.GetSection(ConfigurationKeys.AllowedHosts).GetChildren().Select(section => section.Value ?? "").Where(name => name.Length > 0)],
        },
        ImagesDirectory = Text(configuration, ConfigurationKeys.ImagesDirectory, "") is { Length: > 0 } directory ? Path.GetFullPath(directory) : "",
        LogLevel = Level(configuration, errors),
    };

    private static string Text(IConfigurationRoot configuration, string key, string standard) => configuration[key] is { Length: > 0 } text ? text : standard;

    private static IPEndPoint EndPoint(IConfigurationRoot configuration, string key, string standard, List<string> errors)
    {
        var text = Text(configuration, key, standard);
        // A bare address parses as one with port 0: what is read must be what was written.
        if (IPEndPoint.TryParse(text, out var endPoint) && endPoint.ToString() == text)
            return endPoint;
        errors.Add($"{key}: use an IP address and a port, as {standard}, not \"{text}\"");
        return IPEndPoint.Parse(standard);
    }

    private static LogLevel Level(IConfigurationRoot configuration, List<string> errors)
    {
        var text = Text(configuration, ConfigurationKeys.LogLevel, nameof(LogLevel.Information));
        if (Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level) && !char.IsDigit(text[0]))
            return level;
        errors.Add($"{ConfigurationKeys.LogLevel}: use one of {string.Join(", ", Enum.GetNames<LogLevel>()).ToLowerInvariant()}, not \"{text}\"");
        return LogLevel.Information;
    }
}
