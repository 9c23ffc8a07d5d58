namespace Agents.Agent.Kernel;

/// <summary>Who listens on a socket inside of a container.</summary>
internal static class SocketListener
{
    /// <summary>Why a listener is not the container's own; empty where it is: a process of the very container, under its user.</summary>
    /// <param name="processes">The host's processes.</param>
    /// <param name="initPid">The container's first process.</param>
    /// <param name="listener">Who listens.</param>
    public static string DoubtOf(IProcessTable processes, int initPid, (int Pid, uint UserId) listener)
    {
        var (own, other) = (processes.FindOwner(initPid), processes.FindOwner(listener.Pid));
        if (own is null)
            return "the container does not run";
        if (other?.PidNamespace != own.Value.PidNamespace)
            return "a process outside of the container listens on its socket";
        return listener.UserId == own.Value.UserId ? "" : $"the user {listener.UserId} listens on its socket and not the container's user {own.Value.UserId}";
    }
}
