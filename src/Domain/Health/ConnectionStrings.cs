using System.Globalization;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>How applications connect. All proxies are named, so that a client survives the loss of one.</summary>
public static class ConnectionStrings
{
    /// <summary>
    /// The password is proved to the server that holds the certificate and to none in between; a proxy that is gone costs five seconds; and a server that is gone without a word
    /// is noticed within two minutes.
    /// </summary>
    private const string Options = "sslmode=require&channel_binding=require&connect_timeout=5&keepalives_idle=60&keepalives_interval=10&keepalives_count=6";

    /// <summary>
    /// A libpq URI with all endpoints of a role; the password stands in it only where it is given.
    /// </summary>
    public static string Uri(EffectiveSpec spec, IEnumerable<Endpoint> endpoints, string? password)
    {
        var hosts = string.Join(',', endpoints.Where(endpoint => endpoint.Role == KindProfile.ReadWritePort).Select(Authority));
        if (hosts.Length == 0)
            return "";

        var secret = password is null ? "" : $":{System.Uri.EscapeDataString(password)}";
        return $"postgresql://{System.Uri.EscapeDataString(spec.Owner)}{secret}@{hosts}/{System.Uri.EscapeDataString(spec.Database)}?{Options}&target_session_attrs=read-write";
    }

    private static string Authority(Endpoint endpoint)
    {
        var address = endpoint.Address.Contains(':', StringComparison.Ordinal) ? $"[{endpoint.Address}]" : endpoint.Address;
        return string.Create(CultureInfo.InvariantCulture, $"{address}:{endpoint.Port}");
    }
}
