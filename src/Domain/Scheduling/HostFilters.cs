using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>The filters that a host must pass before anything of a cluster is placed on it, whatever it is; whether there is room for it
/// the host's ledger knows. Each says in a sentence why a host does not pass.</summary>
internal static class HostFilters
{
    /// <summary>Why a host cannot be taken; empty when it can.</summary>
    public static IEnumerable<string> Explain(HostCandidate candidate, EffectiveSpec spec)
    {
        if (candidate.State != HostState.Ready)
            yield return $"it is {candidate.State.ToString().ToLowerInvariant()}: {candidate.StateReason}";
        if (candidate.Host.Cordoned)
            yield return "it is cordoned";
        foreach (var (key, value) in spec.HostLabels.Values)
        {
            if (!candidate.Host.Labels.Values.TryGetValue(key, out var actual))
                yield return $"it has no label {key}={value}";
            else if (actual != value)
                yield return $"its label {key} is {actual}, not {value}";
        }

        if (candidate.Facts is not { } facts)
        {
            yield return "its agent has not reported what the host is made of";
            yield break;
        }

        if (facts.Architecture != "amd64")
            yield return $"its architecture is {facts.Architecture}; the images are for amd64";
        if (spec.CpuMilli > facts.Cpus * 1000L)
            yield return $"a node may use {spec.CpuMilli} thousandths of a processor and the host has {facts.Cpus} processors";
    }
}
