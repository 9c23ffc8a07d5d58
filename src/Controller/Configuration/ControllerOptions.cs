namespace Agents.Controller.Configuration;

/// <summary>
/// What an administrator writes, as it stands in the file (default /etc/agents/controller.json), in the environment (AGENTS_CONTROLLER__REST_ADDRESS) and on the command
/// line (--rest-address). Nothing else reads these texts: the rest of the controller is given <see cref="ControllerSettings"/>.
/// </summary>
internal sealed class ControllerOptions
{
    /// <summary>Where the store, the keys and the administrator's token are.</summary>
    [ConfigurationKeyName("data_directory")]
    public string DataDirectory { get; set; } = "/var/lib/agents-controller";

    /// <summary>Where agents reach the controller.</summary>
    [ConfigurationKeyName("agents_address")]
    public string AgentsAddress { get; set; } = "0.0.0.0:7443";

    /// <summary>Where REST is served without TLS.</summary>
    [ConfigurationKeyName("rest_address")]
    public string RestAddress { get; set; } = "127.0.0.1:8080";

    /// <summary>Where gRPC is served without TLS.</summary>
    [ConfigurationKeyName("grpc_address")]
    public string GrpcAddress { get; set; } = "127.0.0.1:8081";

    /// <summary>Where REST and gRPC are served with TLS; only with a certificate.</summary>
    [ConfigurationKeyName("tls_address")]
    public string TlsAddress { get; set; } = "0.0.0.0:8443";

    /// <summary>The certificate for users with its chain, PEM, the leaf first.</summary>
    [ConfigurationKeyName("tls_certificate")]
    public string TlsCertificate { get; set; } = "";

    /// <summary>The key of that certificate, PEM.</summary>
    [ConfigurationKeyName("tls_key")]
    public string TlsKey { get; set; } = "";

    /// <summary>Whether what is served without TLS may be off loopback: tokens and passwords cross the network in clear text.</summary>
    [ConfigurationKeyName("insecure_user_api")]
    public bool InsecureUserApi { get; set; }

    /// <summary>Names that the controller answers to, beside its addresses and those of its certificate.</summary>
    [ConfigurationKeyName("allowed_hosts")]
    public List<string> AllowedHosts { get; set; } = [];

    /// <summary>Where image sets are; empty where hosts pull from a registry.</summary>
    [ConfigurationKeyName("images_directory")]
    public string ImagesDirectory { get; set; } = "";

    /// <summary>The least level that is logged.</summary>
    [ConfigurationKeyName("log_level")]
    public string LogLevel { get; set; } = "information";
}
