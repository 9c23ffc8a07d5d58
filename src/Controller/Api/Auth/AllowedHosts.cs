using System.Collections.Frozen;

namespace Agents.Controller.Api.Auth;

/// <summary>
/// The names that this controller answers to. A web page of a stranger that got its own name resolved to our address sends that name: without this it would speak to us
/// from inside the browser of someone who may reach us.
/// </summary>
internal sealed class AllowedHosts(IEnumerable<string> configured)
{
    private static readonly string[] _always = ["localhost", "127.0.0.1", "[::1]"];
    private readonly FrozenSet<string> _names = _always.Concat(configured).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request for this host is answered; the port does not matter.</summary>
    public bool Contains(HostString host) => host.HasValue && _names.Contains(host.Host);
}
