using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines;

/// <summary>The drivers of the engines that this version has.</summary>
internal sealed class EngineDrivers(IEnumerable<IEngineDriver> drivers)
{
    private readonly Dictionary<Engine, IEngineDriver> _drivers = drivers.ToDictionary(driver => driver.Engine);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<IEngineDriver> All => _drivers.Values;

    /// <summary>The driver of a cluster's engine.</summary>
    public IEngineDriver Of(Cluster cluster) => _drivers.TryGetValue(cluster.Effective.Engine, out var driver)
        ? driver
        : throw new NotSupportedException($"this version does not drive the engine of cluster {cluster.Name}: run the version that made it, or a later one");
}
