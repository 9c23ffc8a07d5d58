namespace Agents.Domain.Engines;

/// <summary>A node behind one entrance of a proxy.</summary>
/// <param name="Listener">The entrance: the name of its port.</param>
/// <param name="Server">The node's member name.</param>
/// <param name="IsUp">Whether it takes connections that come in there.</param>
public sealed record ProxyServer(string Listener, string Server, bool IsUp);
