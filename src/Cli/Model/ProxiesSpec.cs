namespace Agents.Cli.Model;

/// <summary>The proxies.</summary>
internal sealed record ProxiesSpec
{
    /// <summary>How many.</summary>
    public int? Count { get; set; }
}
