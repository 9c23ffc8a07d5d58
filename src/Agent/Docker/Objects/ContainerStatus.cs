namespace Agents.Agent.Docker.Objects;

/// <summary>The state of a container. Times are year 1 when the thing never happened.</summary>
internal sealed record ContainerStatus(
    string Status, bool Running = false, int Pid = 0, int ExitCode = 0, bool OOMKilled = false, string? Error = null,
    DateTimeOffset StartedAt = default, DateTimeOffset FinishedAt = default)
{
    /// <summary>Created and never started.</summary>
    public const string Created = "created";

    /// <summary>Running.</summary>
    public const string IsRunning = "running";

    /// <summary>Ended.</summary>
    public const string Exited = "exited";

    /// <summary>Whether no process of it can be running by the engine's word.</summary>
    public bool IsDown => Status is Created or Exited or "dead";
}
