using Agents.Domain.Model;
using Agents.Domain.Scheduling;

namespace Agents.Controller.Application.Clusters;

/// <summary>Where the instances of a new cluster would go, and what they would be made from.</summary>
/// <param name="Placement">The placement with its reasons; feasible.</param>
/// <param name="HostNames">The names of the hosts.</param>
/// <param name="Effective">The spec with all defaults.</param>
/// <param name="Revision">The version of the templates.</param>
/// <param name="ImageSet">The image set.</param>
internal sealed record ClusterPlan(Placement Placement, IReadOnlyDictionary<HostId, string> HostNames, EffectiveSpec Effective, string Revision, string ImageSet);
