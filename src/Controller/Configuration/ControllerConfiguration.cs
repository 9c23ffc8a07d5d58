using System.Net;
using Agents.Controller.Api;
using Agents.Protocol.Configuration;

namespace Agents.Controller.Configuration;

/// <summary>Reads the configuration of a controller and checks it. Everything that is wrong is told at once.</summary>
internal static class ControllerConfiguration
{
    /// <summary>Where it is read from.</summary>
    public static ProgramConfiguration Source { get; } = ProgramConfiguration.Of<ControllerOptions>("controller", "The controller of a fleet of Docker hosts.");

    /// <summary>The checked settings. Throws <see cref="ConfigurationException"/>, which names every key that is wrong.</summary>
    public static ControllerSettings Load(ProgramArguments arguments)
    {
        var options = Source.Read(arguments).Get<ControllerOptions>() ?? new ControllerOptions();
        var errors = new List<string>();
        var settings = Read(options, errors);
        errors.AddRange(CheckUserPorts(options, settings.Api));
        return errors.Count == 0 ? settings : throw new ConfigurationException(errors);
    }

    private static ControllerSettings Read(ControllerOptions options, List<string> errors) => new()
    {
        DataDirectory = Path.GetFullPath(options.DataDirectory),
        Agents = EndPoint("agents_address", options.AgentsAddress, errors),
        Api = new ApiOptions
        {
            Rest = EndPoint("rest_address", options.RestAddress, errors),
            Grpc = EndPoint("grpc_address", options.GrpcAddress, errors),
            Tls = ReadTls(options, errors),
            AllowedHosts = [.. options.AllowedHosts.Where(name => name.Length > 0)],
        },
        ImagesDirectory = options.ImagesDirectory.Length > 0 ? Path.GetFullPath(options.ImagesDirectory) : "",
        LogLevel = Level(options.LogLevel, errors),
    };

    private static UserTls? ReadTls(ControllerOptions options, List<string> errors)
    {
        if (options.TlsCertificate.Length == 0 && options.TlsKey.Length == 0)
            return null;
        if (options.TlsCertificate.Length == 0 || options.TlsKey.Length == 0)
        {
            errors.Add("'tls_certificate' and 'tls_key' belong together: set both, each to a PEM file.");
            return null;
        }

        var tls = new UserTls(EndPoint("tls_address", options.TlsAddress, errors), Path.GetFullPath(options.TlsCertificate), Path.GetFullPath(options.TlsKey));
        if (UserCertificate.Refuse(tls) is { } reason)
            errors.Add($"'tls_certificate' and 'tls_key' cannot be used: {reason}");
        return tls;
    }

    /// <summary>Tokens and passwords never cross a network in clear text unless somebody has said that word.</summary>
    private static IEnumerable<string> CheckUserPorts(ControllerOptions options, ApiOptions api) => options.InsecureUserApi
        ? []
        : new[] { (Key: "rest_address", EndPoint: api.Rest), (Key: "grpc_address", EndPoint: api.Grpc) }.Where(port => !IPAddress.IsLoopback(port.EndPoint.Address)).Select(port =>
            $"'{port.Key}' {port.EndPoint} is off loopback and without TLS, so tokens and passwords would cross the network in clear text: leave it on loopback and set 'tls_certificate' "
            + "and 'tls_key' (REST and gRPC are then served on 'tls_address'), or accept that with 'insecure_user_api'.");

    private static IPEndPoint EndPoint(string key, string text, List<string> errors)
    {
        // A bare address parses as one with port 0: what is read must be what was written.
        if (IPEndPoint.TryParse(text, out var endPoint) && endPoint.ToString() == text)
            return endPoint;
        errors.Add($"'{key}' must be an IP address and a port, as 127.0.0.1:8080, not '{text}'.");
        return new IPEndPoint(IPAddress.Loopback, 0);
    }

    private static LogLevel Level(string text, List<string> errors)
    {
        if (Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level) && !char.IsDigit(text[0]))
            return level;
        errors.Add($"'log_level' must be one of {string.Join(", ", Enum.GetNames<LogLevel>()).ToLowerInvariant()}, not '{text}'.");
        return LogLevel.Information;
    }
}
