using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Agents.Agent.Identity;

/// <summary>Where a controller's agents' port is.</summary>
/// <param name="Host">A name or an IP address, IPv6 without brackets.</param>
/// <param name="Port">The port.</param>
internal sealed record ControllerAddress(string Host, int Port)
{
    /// <summary>The port when none is said.</summary>
    public const int DefaultPort = 7443;

    /// <summary>As in a URI.</summary>
    public string Authority => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads "host", "host:port", "1.2.3.4:port" or "[v6]:port"; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ControllerAddress? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(text) || !Uri.TryCreate($"agents://{text}", UriKind.Absolute, out var uri)
            || uri.UserInfo.Length > 0 || uri.PathAndQuery is not ("" or "/") || uri.Fragment.Length > 0 || uri.Host.Length == 0 || uri.Port == 0)
            return false;
        address = new ControllerAddress(uri.IdnHost.Trim('[', ']'), uri.Port < 0 ? DefaultPort : uri.Port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Authority}");
}
