namespace Agents.Compat.Tests.References;

/// <summary>The name by which a runtime looks an assembly up.</summary>
internal sealed record AssemblyIdentity(string Name, Version Version, string PublicKeyToken);
