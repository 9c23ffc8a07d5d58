using Agents.Agent.Instances;

namespace Agents.Agent.Engines.Haproxy;

/// <summary>HAProxy's runtime interface. Failures are <see cref="HaproxyUnreachableException"/> and <see cref="HaproxyRefusedException"/>.</summary>
internal interface IHaproxyRuntime
{
    /// <summary>Says how servers are, all in one line. What a check finds afterwards counts again. The names must be words: whatever stands in them is read as a command.</summary>
    Task SetHealthAsync(LocalInstance proxy, IEnumerable<ServerHealth> servers, CancellationToken cancellationToken);

    /// <summary>How it takes its servers to be, in the words of <see cref="ServerStates"/>: out of a container, and to be taken for that.</summary>
    Task<string> ReadStatesAsync(LocalInstance proxy, CancellationToken cancellationToken);

    /// <summary>The process that answers, by its id within the container. Each reading of the configuration begins another.</summary>
    Task<int> FindWorkerAsync(LocalInstance proxy, CancellationToken cancellationToken);
}
