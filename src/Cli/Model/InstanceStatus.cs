namespace Agents.Cli.Model;

/// <summary>An etcd member or a proxy.</summary>
internal sealed record InstanceStatus
{
    /// <summary>"etcd" or "haproxy".</summary>
    public string Kind { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its host's name.</summary>
    public string Host { get; set; } = "";

    /// <summary>The state of its container.</summary>
    public string State { get; set; } = "unknown";

    /// <summary>Its address and main port.</summary>
    public string Address { get; set; } = "";
}
