using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>How applications connect. All proxies are named, so that a client survives the loss of one.</summary>
public static class ConnectionStrings
{
    /// <summary>
    /// A libpq URI with all endpoints of a role; the password stands in it only where it is given.
    /// </summary>
    public static string Uri(EffectiveSpec spec, IEnumerable<Endpoint> endpoints, string? password)
    {
        var hosts = string.Join(',', endpoints.Where(endpoint => endpoint.Role == "read_write").Select(Authority));
        if (hosts.Length == 0)
            return "";

        var secret = password is null ? "" : $":{System.Uri.EscapeDataString(password)}";
        return $"postgresql://{System.Uri.EscapeDataString(spec.Owner)}{secret}@{hosts}/{System.Uri.EscapeDataString(spec.Database)}?sslmode=require&target_session_attrs=read-write";
    }

    private static string Authority(Endpoint endpoint)
    {
        var address = endpoint.Address.Contains(':', StringComparison.Ordinal) ? $"[{endpoint.Address}]" : endpoint.Address;
        return string.Create(CultureInfo.InvariantCulture, $"{address}:{endpoint.Port}");
    }
}
