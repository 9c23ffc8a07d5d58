using System.Security.Cryptography.X509Certificates;

namespace Agents.Agent.Identity;

/// <summary>Who this agent is: what enrolment gave it, and its key. Lives as long as the process.</summary>
internal sealed record AgentIdentity
{
    /// <summary>The host's id.</summary>
    public required string HostId { get; init; }

    /// <summary>The project that the host belongs to.</summary>
    public required string Project { get; init; }

    /// <summary>The store id of the controller.</summary>
    public required string ControllerId { get; init; }

    /// <summary>The certificate with its key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>The authorities to trust.</summary>
    public required X509Certificate2Collection Trusted { get; init; }
}
