namespace Agents.Agent.Docker.Objects;

/// <summary>The answer to GET /info, as far as it is read.</summary>
internal sealed record EngineInfo(
    string ServerVersion = "", string Driver = "", string CgroupVersion = "", bool LiveRestoreEnabled = false, string DockerRootDir = "");
