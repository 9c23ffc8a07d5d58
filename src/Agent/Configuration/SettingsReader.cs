using System.Net;
using System.Text.RegularExpressions;
using Agents.Agent.Identity;
using Agents.Protocol.Configuration;

namespace Agents.Agent.Configuration;

/// <summary>Turns the texts of <see cref="AgentOptions"/> into <see cref="AgentSettings"/>, or tells everything that is wrong with them at once.</summary>
internal sealed partial class SettingsReader(IHostAddresses addresses, string machineName)
{
    private static readonly IPNetwork[] s_enginePools = [IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16")];
    private const int PoolPrefixLongest = 24;

    private readonly List<string> _errors = [];

    /// <summary>The validated settings. Throws <see cref="ConfigurationException"/>.</summary>
    public AgentSettings Read(AgentOptions options)
    {
        _errors.Clear();
        var clusterAddress = AddressChooser.Choose("cluster_address", options.ClusterAddress, addresses, _errors);
        var clientAddress = options.ClientAddress.Length == 0
            ? clusterAddress
            : AddressChooser.Choose("client_address", options.ClientAddress, addresses, _errors);
        var settings = new AgentSettings(
            ReadController(options.ControllerAddress), ReadJoinToken(options), ReadName(options.Name), clusterAddress ?? IPAddress.None,
            clientAddress ?? IPAddress.None, ReadPorts(options.PortRange), ReadPool(options.NetworkPool),
            ReadPath("data_directory", options.DataDirectory), ReadPath("docker_socket", options.DockerSocket),
            ReadPath("local_socket", options.LocalSocket), ReadPath("policy_file", options.PolicyFile), ReadLogLevel(options.LogLevel));
        return _errors.Count == 0 ? settings : throw new ConfigurationException(_errors);
    }

    private ControllerAddress? ReadController(string text) =>
        text.Length == 0 ? null
        : ControllerAddress.TryParse(text, out var address) ? address
        : Refuse<ControllerAddress>($"'controller_address' must be HOST or HOST:PORT, as controller.example:7443, not '{text}'.");

    private string ReadJoinToken(AgentOptions options)
    {
        if (options.JoinTokenFile.Length == 0)
            return options.JoinToken.Trim();
        if (options.JoinToken.Length > 0)
            return Refuse<string>("Set 'join_token' or 'join_token_file', not both.") ?? "";
        try
        {
            return File.ReadAllText(options.JoinTokenFile).Trim();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return ""; // Needed once only: an enrolled host goes on without it.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse<string>($"'join_token_file' {options.JoinTokenFile} cannot be read: {exception.Message}") ?? "";
        }
    }

    private string ReadName(string text)
    {
        var name = text.Length > 0 ? text : machineName.ToLowerInvariant();
        if (DnsLabel().IsMatch(name))
            return name;
        const string rule = "letters, digits and hyphens, 63 at the most";
        return Refuse<string>(text.Length > 0
            ? $"'name' must be {rule}, not '{name}'."
            : $"This machine's name '{name}' cannot be a host's ({rule}): choose one with 'name' (--name NAME).") ?? "";
    }

    private PortRange ReadPorts(string text)
    {
        if (PortRange.TryParse(text, out var range))
            return range.Value;
        return Refuse<PortRange>($"'port_range' must be FIRST-LAST within 1024-65535, as 20000-20999, not '{text}'.");
    }

    private IPNetwork ReadPool(string text)
    {
        if (!IPNetwork.TryParse(text, out var pool) || pool.PrefixLength > PoolPrefixLongest)
            return Refuse<IPNetwork>($"'network_pool' must be a network of /{PoolPrefixLongest} or larger, as 10.210.0.0/16, not '{text}'.");
        if (s_enginePools.Any(engine => engine.Contains(pool.BaseAddress) || pool.Contains(engine.BaseAddress)))
            return Refuse<IPNetwork>($"'network_pool' {text} overlaps the engine's own pools (172.16.0.0/12, 192.168.0.0/16): choose another, as 10.210.0.0/16.");
        return pool;
    }

    private string ReadPath(string key, string text) =>
        Path.IsPathRooted(text) ? text : Refuse<string>($"'{key}' must be an absolute path, not '{text}'.") ?? "";

    private LogLevel ReadLogLevel(string text) =>
        Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
            ? level
            : Refuse<LogLevel>($"'log_level' must be debug, information, warning or error, not '{text}'.");

    private T? Refuse<T>(string error)
    {
        _errors.Add(error);
        return default;
    }

    [GeneratedRegex("^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$")]
    private static partial Regex DnsLabel();
}
