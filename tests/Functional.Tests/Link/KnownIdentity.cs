using Agents.Agent.Identity;

namespace Agents.Functional.Tests.Link;

/// <summary>An agent that has enrolled before.</summary>
internal sealed class KnownIdentity(AgentIdentity identity) : IIdentitySource
{
    /// <inheritdoc/>
    public AgentIdentity? Current => identity;

    /// <inheritdoc/>
    public Task<AgentIdentity> GetAsync(CancellationToken cancellationToken) => Task.FromResult(identity);
}
