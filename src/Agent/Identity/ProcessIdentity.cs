namespace Agents.Agent.Identity;

/// <summary>Which process this is, as the controller is told.</summary>
/// <param name="BootId">The kernel's boot id.</param>
/// <param name="ProcessId">A random id, new for every process.</param>
/// <param name="Version">The agent's version.</param>
internal sealed record ProcessIdentity(string BootId, string ProcessId, string Version);
