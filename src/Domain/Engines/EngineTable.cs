using System.Collections.Immutable;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>The engines that this version has. What is asked of an engine anywhere is asked through here: nobody else names one.</summary>
public static class EngineTable
{
    /// <summary>All of them; the first is what a cluster has whose spec names none.</summary>
    public static ImmutableArray<IEngine> All { get; } = [new PatroniEngine()];

    /// <summary>What a cluster has whose spec names none.</summary>
    public static IEngine Default => All[0];

    /// <summary>An engine; null where this version does not have it.</summary>
    public static IEngine? Find(Engine engine) => All.FirstOrDefault(candidate => candidate.Engine == engine);

    /// <summary>An engine that was found to be there when the cluster was asked for.</summary>
    public static IEngine Of(Engine engine) => Find(engine) ?? throw new NotSupportedException($"this version does not have the engine {engine}: run the version that made the cluster, or a later one");
}
