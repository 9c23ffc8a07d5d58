using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Instances;

/// <summary>One instance as it is shown: its record with what is known of it now.</summary>
/// <param name="Record">The record.</param>
/// <param name="FenceLeft">What is left of its fence; null when there is none.</param>
/// <param name="Container">Its container; null when there is none or the engine does not answer.</param>
/// <param name="Proof">The proof of its end; null unless asked for and exited.</param>
/// <param name="Starts">How often this agent process has started it.</param>
/// <param name="StartError">Why the last start failed; empty when it did not.</param>
/// <param name="Hang">What was found when it had given no answer for too long; empty when it answers.</param>
/// <param name="IsDamaged">Whether its record could not be read; the one here says nothing then.</param>
internal sealed record InstanceView(
    InstanceRecord Record, TimeSpan? FenceLeft, ContainerInspection? Container, ExitProof? Proof, int Starts, string StartError, string Hang, bool IsDamaged);
