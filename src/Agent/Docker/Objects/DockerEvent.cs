namespace Agents.Agent.Docker.Objects;

/// <summary>One event of the engine. A hint, not a truth: the container is inspected before anything is done.</summary>
internal sealed record DockerEvent(string Action, DockerActor Actor, long TimeNano = 0)
{
    /// <summary>When it happened.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(TimeNano / TimeSpan.NanosecondsPerTick);
}
