using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>Says what state a linked host is in.</summary>
internal static class HostStates
{
    /// <summary>The observation with its state: ready when all is known and Docker answers.</summary>
    public static HostObservation Judge(HostObservation seen) => seen.Facts switch
    {
        null => seen with { State = HostState.Suspect, StateReason = "it has linked and has not reported its facts yet" },
        { DockerReachable: false } facts => seen with { State = HostState.Suspect, StateReason = $"Docker does not answer: {facts.DockerError}" },
        _ when !seen.IsCurrent => seen with { State = HostState.Suspect, StateReason = "it has not reported its containers on this link yet" },
        _ => seen with { State = HostState.Ready, StateReason = "" },
    };
}
