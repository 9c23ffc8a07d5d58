using Agents.Agent.Instances;
using Agents.V1;

namespace Agents.Agent.Services;

/// <summary>The nodes of this host that their watchers are told of.</summary>
internal interface IWatchedNodes
{
    /// <summary>Those that run, as their containers were last seen.</summary>
    IReadOnlyList<LocalInstance> Running { get; }

    /// <summary>What one of them says. Fails as its engine does.</summary>
    Task<GetClusterResponse> ReadAsync(LocalInstance node, CancellationToken cancellationToken);
}
