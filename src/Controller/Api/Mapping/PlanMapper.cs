using Agents.Controller.Application.Clusters;
using Agents.Domain.Planning;

namespace Agents.Controller.Api.Mapping;

/// <summary>Plans, for the contract.</summary>
internal static class PlanMapper
{
    /// <summary>A plan.</summary>
    public static V1.Plan ToProto(ClusterPlan plan) => new()
    {
        Instances =
        {
            plan.Placement.Instances.Select(instance => new V1.PlannedInstance
            {
                Kind = instance.Profile.Word,
                Name = instance.Member,
                Host = plan.HostNames[instance.HostId],
                Ports = { instance.Ports },
                Reason = instance.PlacementReason,
            }),
        },
        Warnings = { plan.Placement.Warnings },
        Hosts =
        {
            plan.Placement.Hosts.Select(host => new V1.HostExplanation { Host = host.Host, Feasible = host.Feasible, Reasons = { host.Reasons } }),
        },
        Effective = SpecMapper.ToProto(plan.Effective),
        Revision = plan.Revision,
        ImageSet = plan.ImageSet,
    };

    /// <summary>What a verb would do.</summary>
    public static V1.VerbPlan ToProto(VerbPlan plan) => new() { Steps = { plan.Steps }, Notes = { plan.Notes } };
}
