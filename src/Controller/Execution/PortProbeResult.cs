using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>What a probe found.</summary>
/// <param name="Taken">Ports that something else holds.</param>
/// <param name="Blocked">Ways between hosts that do not pass: a sentence each.</param>
internal sealed record PortProbeResult(IReadOnlyList<(HostId Host, int Port)> Taken, IReadOnlyList<string> Blocked);
