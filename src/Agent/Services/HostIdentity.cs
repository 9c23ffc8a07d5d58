using Agents.Agent.Identity;

namespace Agents.Agent.Services;

/// <summary>Who this host is to the controller; nobody before it is enrolled, and where the agent serves its local socket alone.</summary>
internal sealed class HostIdentity(IIdentitySource? source = null)
{
    /// <summary>The host's id as its certificate says; empty where there is none.</summary>
    public string HostId => source?.Current?.HostId ?? "";
}
