using Agents.Domain.Model;

namespace Agents.Controller.Links;

/// <summary>A permission to link: for one agent process, once, and for a short time.</summary>
/// <param name="HostId">The host.</param>
/// <param name="BootId">The boot id of the host's kernel.</param>
/// <param name="ProcessId">The random id of the agent's process.</param>
/// <param name="ExpiresAt">When it is worthless.</param>
internal sealed record LinkTicket(HostId HostId, string BootId, string ProcessId, DateTimeOffset ExpiresAt);
