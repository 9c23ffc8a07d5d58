namespace Agents.Domain.Engines;

/// <summary>A port that a container publishes and listens on inside.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Address">The host's address; never a wildcard.</param>
/// <param name="Port">The port.</param>
public sealed record PublishedPort(string Name, string Address, int Port);
