namespace Agents.Agent.Configuration;

/// <summary>Reads file, environment and flags, in ascending order of weight.</summary>
internal static class AgentConfiguration
{
    /// <summary>The file that is read when none is named; it may be missing.</summary>
    public const string DefaultFile = "/etc/agents/agent.json";

    /// <summary>What the environment's variables begin with.</summary>
    public const string EnvironmentPrefix = "AGENTS_AGENT__";

    /// <summary>The validated settings. Throws <see cref="ConfigurationException"/>, which names every key that is wrong.</summary>
    public static AgentSettings Load(CommandLineArguments arguments, IHostAddresses addresses)
    {
        var configuration = Build(arguments);
        if (ConfigurationKeys.Check(configuration).ToList() is { Count: > 0 } errors)
            throw new ConfigurationException(errors);
        return new SettingsReader(addresses).Read(configuration.Get<AgentOptions>() ?? new AgentOptions());
    }

    private static IConfigurationRoot Build(CommandLineArguments arguments)
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
