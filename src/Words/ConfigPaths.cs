namespace Agents.Words;

/// <summary>Where an instance's configuration volume is mounted, and the files in it that the agent reads to talk to the instance.</summary>
public static class ConfigPaths
{
    /// <summary>The mount path of the configuration volume.</summary>
    public const string Directory = "/etc/agents";

    /// <summary>The cluster's certificate authority, PEM.</summary>
    public const string CaCertificate = "ca.crt";

    /// <summary>The certificate with which the agent calls this instance's engine interface, PEM.</summary>
    public const string ClientCertificate = "client.crt";

    /// <summary>The key of that certificate, PEM, mode 0600.</summary>
    public const string ClientKey = "client.key";
}
