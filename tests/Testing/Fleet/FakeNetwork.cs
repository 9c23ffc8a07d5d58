namespace Agents.Testing.Fleet;

/// <summary>A network of a host.</summary>
internal sealed record FakeNetwork(string Name, string Subnet, IReadOnlyDictionary<string, string> Labels);
