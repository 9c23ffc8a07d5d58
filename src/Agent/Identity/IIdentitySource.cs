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
}
