namespace Agents.Controller.Configuration;

/// <summary>The keys of the configuration, as they stand in the file.</summary>
internal static class ConfigurationKeys
{
    /// <summary>Where the store, the keys and the administrator's token are.</summary>
    public const string DataDirectory = "data_directory";

    /// <summary>Where agents reach the controller.</summary>
    public const string AgentsAddress = "agents_address";

    /// <summary>Where REST is served.</summary>
    public const string RestAddress = "rest_address";

    /// <summary>Where gRPC is served.</summary>
    public const string GrpcAddress = "grpc_address";

    /// <summary>Names that the controller answers to.</summary>
    public const string AllowedHosts = "allowed_hosts";

    /// <summary>Where image sets are.</summary>
    public const string ImagesDirectory = "images_directory";

    /// <summary>What is logged.</summary>
    public const string LogLevel = "log_level";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [DataDirectory, AgentsAddress, RestAddress, GrpcAddress, AllowedHosts, ImagesDirectory, LogLevel];

    /// <summary>The flag of a key.</summary>
    public static string FlagOf(string key) => key == AllowedHosts ? "--allowed-host" : "--" + key.Replace('_', '-');
}
