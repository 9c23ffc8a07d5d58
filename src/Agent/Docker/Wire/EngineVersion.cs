namespace Agents.Agent.Docker.Wire;

/// <summary>The answer to GET /version, as far as it is read.</summary>
internal sealed record EngineVersion(string Version = "", string ApiVersion = "", string MinAPIVersion = "");
