using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Instances;

/// <summary>Keeps <see cref="RestartState"/>: sees instances go up and down, and says how long each is still not to be started.</summary>
internal sealed class RestartClock(TimeProvider timeProvider)
{
    /// <summary>Takes note of a container's state.</summary>
    public void See(RestartState restart, ContainerStatus state)
    {
        if (!state.IsDown)
            Up(restart);
        else if (state.Status != ContainerStatus.Created && restart.NotBefore is null)
            Down(restart);
    }

    /// <summary>The agent has started it, or found that it runs already: then it was started by a command whose event is still on its way, and is not counted twice.</summary>
    public void Started(RestartState restart, bool isNew)
    {
        if (isNew)
            restart.Starts++;
        restart.StartError = "";
        restart.NotBefore = null;
        Up(restart);
    }

    /// <summary>The agent could not start it.</summary>
    public void Failed(RestartState restart, string error)
    {
        restart.StartError = error;
        Down(restart);
    }

    /// <summary>Somebody decided: it may be started at once.</summary>
    public void Allow(RestartState restart) => restart.NotBefore = timeProvider.GetTimestamp();

    /// <summary>How long it is still not to be started; null when it was not seen down.</summary>
    public TimeSpan? Wait(RestartState restart) =>
        restart.NotBefore is { } notBefore ? timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), notBefore) : null;

    private void Up(RestartState restart)
    {
        restart.NotBefore = null;
        restart.RunningSince ??= timeProvider.GetTimestamp();
    }

    private void Down(RestartState restart)
    {
        if (restart.RunningSince is { } since && timeProvider.GetElapsedTime(since) >= SupervisionRules.SteadyTime)
            restart.Failures = 0;
        restart.RunningSince = null;
        var delay = SupervisionRules.RestartDelay(restart.Failures++);
        restart.NotBefore = timeProvider.GetTimestamp() + (long)(delay.TotalSeconds * timeProvider.TimestampFrequency);
    }
}
