namespace Agents.Agent.Identity;

/// <summary>Who this agent is, as soon as it is anyone.</summary>
internal interface IIdentitySource
{
    /// <summary>The identity; null until this host has enrolled.</summary>
    AgentIdentity? Current { get; }

    /// <summary>
    /// The identity, for which the host enrols when it has not yet. Throws when the controller cannot be reached or refuses: ask again later.
    /// </summary>
    Task<AgentIdentity> GetAsync(CancellationToken cancellationToken);

    /// <summary>The identity as soon as there is one. Never enrols.</summary>
    Task<AgentIdentity> WhenKnownAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A certificate for a new key in place of <paramref name="identity"/>'s, which may have expired; what another has renewed meanwhile is taken. Throws when the controller cannot
    /// be reached or refuses.
    /// </summary>
    Task<AgentIdentity> RenewAsync(AgentIdentity identity, CancellationToken cancellationToken);

    /// <summary>Keeps the certificates to trust that a controller has said over an authenticated connection.</summary>
    Task TrustAsync(string trustBundlePem, CancellationToken cancellationToken);
}
