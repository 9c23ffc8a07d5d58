using System.Collections.Frozen;
using Agents.Protocol;

namespace Agents.Controller.Execution;

/// <summary>
/// Which refusals end a step and which are waited for. Commands have three outcomes beside done: refused for good, refused for now, and unknown (<see cref="AgentUnavailableException"/>);
/// the last two are tried again until the step's limit. A reason that this version does not know is one for now: giving up is the worse mistake.
/// </summary>
internal static class Refusals
{
    /// <summary>What no repetition mends: a person, another plan, or another step must.</summary>
    public static FrozenSet<string> ForGood { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        ErrorReasons.StaleGeneration, ErrorReasons.OtherController, ErrorReasons.SpecificationDiffers, ErrorReasons.Policy, ErrorReasons.DockerRefused, ErrorReasons.ImageMissing,
        ErrorReasons.VolumeMissing, ErrorReasons.DataGone, ErrorReasons.DataForeign, ErrorReasons.ConfigMissing, ErrorReasons.SubnetOverlap, ErrorReasons.FenceDiffers, ErrorReasons.FenceEnded, ErrorReasons.LifeDiffers, ErrorReasons.DataPresent, ErrorReasons.RecordDamaged,
        ErrorReasons.PortTaken, ErrorReasons.PortBlocked, ErrorReasons.OwnedByAgent, ErrorReasons.ContainerExists, ErrorReasons.NotFound, ErrorReasons.AlreadyExists,
        ErrorReasons.InvalidArgument, ErrorReasons.DeadlineMissing, ErrorReasons.CapabilityMissing, ErrorReasons.SqlFailed);

    /// <summary>Whether trying again may help. PostgreSQL's own refusals go by their SQLSTATE: its classes of connections, conflicts, resources, locks and interventions pass.</summary>
    public static bool IsForNow(string reason, string sqlState) => reason == ErrorReasons.SqlFailed
        ? sqlState.Length == 5 && (sqlState[..2] is "08" or "40" or "53" or "57" || sqlState == "55P03")
        : !ForGood.Contains(reason);
}
