using Agents.Agent.Configuration;

namespace Agents.Agent.Hosts;

/// <summary>
/// All ports that are held at a time. What an earlier call still holds goes over to the later one: the controller tries a port for the one plan that has taken it, so an earlier hold of
/// it is one whose end has not arrived yet, as that of a process that was killed. Safe for concurrent use.
/// </summary>
internal sealed class PortHolds(AgentSettings settings)
{
    private readonly Lock _lock = new();
    private readonly HashSet<PortHolder> _holders = [];

    /// <summary>Binds what can be bound, until <see cref="EndAsync"/>.</summary>
    public PortHolder Hold(IReadOnlyList<(string Address, int Port)> ports, string token)
    {
        lock (_lock)
        {
            foreach (var earlier in _holders)
                earlier.LetGo(ports);
            var holder = PortHolder.Hold(ports, token, settings);
            _holders.Add(holder);
            return holder;
        }
    }

    /// <summary>Lets go of what a holder still has.</summary>
    public ValueTask EndAsync(PortHolder holder)
    {
        lock (_lock)
            _holders.Remove(holder);
        return holder.DisposeAsync();
    }
}
