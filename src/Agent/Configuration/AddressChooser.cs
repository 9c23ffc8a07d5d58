using System.Net;
using System.Net.Sockets;

namespace Agents.Agent.Configuration;

/// <summary>Settles a host's addresses. It never guesses: the wrong one of two would be found out only when a second host joins.</summary>
internal static class AddressChooser
{
    /// <summary>The configured address, or the only candidate; null with the reason in <paramref name="errors"/>.</summary>
    public static IPAddress? Choose(string key, string configured, IHostAddresses addresses, List<string> errors)
    {
        if (configured.Length > 0)
            return Parse(key, configured, addresses, errors);

        // IPv6 is taken by itself only where there is no IPv4: a card that has one of each is the common case and means IPv4.
        var candidates = addresses.Candidates();
        var preferred = candidates.Where(address => address.AddressFamily == AddressFamily.InterNetwork).ToList();
        if (preferred.Count == 0)
            preferred = [.. candidates];
        if (preferred.Count == 1)
            return preferred[0];

        errors.Add(preferred.Count == 0
            ? $"This host has no address that other hosts could use: set '{key}'."
            : $"This host has several addresses ({string.Join(", ", preferred)}): set '{key}' (--{key.Replace('_', '-')}) to the one that other hosts are to use.");
        return null;
    }

    private static IPAddress? Parse(string key, string configured, IHostAddresses addresses, List<string> errors)
    {
        if (!IPAddress.TryParse(configured, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            errors.Add($"'{key}' must be one IP address of this host, not '{configured}'{Own(addresses)}.");
        else if (IPAddress.IsLoopback(address))
            errors.Add($"'{key}' is {configured}, where no other host reaches this one{Own(addresses)}.");
        else if (!addresses.All().Contains(address))
            errors.Add($"'{key}' is {configured}, which is no address of this host{Own(addresses)}.");
        else
            return address;
        return null;
    }

    private static string Own(IHostAddresses addresses) =>
        addresses.Candidates() is { Count: > 0 } candidates ? $": it has {string.Join(", ", candidates)}" : ": it has none that other hosts could use";
}
