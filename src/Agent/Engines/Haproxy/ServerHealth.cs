namespace Agents.Agent.Engines.Haproxy;

/// <summary>How one server behind a proxy is.</summary>
/// <param name="Listener">The section of the configuration that it stands in.</param>
/// <param name="Server">Its name there.</param>
/// <param name="IsUp">Whether it takes connections.</param>
internal readonly record struct ServerHealth(string Listener, string Server, bool IsUp);
