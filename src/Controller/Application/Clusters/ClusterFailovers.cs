using System.Collections.Immutable;
using Agents.Domain.Planning;

namespace Agents.Controller.Application.Clusters;

/// <summary>Who has led a cluster.</summary>
/// <param name="Entries">The changes and the tries, the latest first.</param>
/// <param name="EngineReadAt">When the engine's own record was read; null where it is not known now, or not to its end: then what only it tells is missing.</param>
internal sealed record ClusterFailovers(ImmutableArray<FailoverEntry> Entries, DateTimeOffset? EngineReadAt);
