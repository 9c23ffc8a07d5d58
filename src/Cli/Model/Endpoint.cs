namespace Agents.Cli.Model;

/// <summary>Where to connect.</summary>
internal sealed record Endpoint
{
    /// <summary>The role of what may be written through the proxies.</summary>
    public const string ReadWrite = "read_write";

    /// <summary>The role of what may only be read.</summary>
    public const string ReadOnly = "read_only";

    /// <summary><see cref="ReadWrite"/> or <see cref="ReadOnly"/>.</summary>
    public string Role { get; set; } = "";

    /// <summary>The address.</summary>
    public string Address { get; set; } = "";

    /// <summary>The port.</summary>
    public int Port { get; set; }
}
