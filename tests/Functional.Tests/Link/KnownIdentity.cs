using Agents.Agent.Identity;

namespace Agents.Functional.Tests.Link;

/// <summary>An agent that has enrolled before.</summary>
internal sealed class KnownIdentity(AgentIdentity identity) : IIdentitySource
{
    /// <inheritdoc/>
    public AgentIdentity? Current => identity;

    /// <inheritdoc/>
    public Task<AgentIdentity> GetAsync(CancellationToken cancellationToken) => Task.FromResult(identity);

    /// <inheritdoc/>
    public Task<AgentIdentity> WhenKnownAsync(CancellationToken cancellationToken) => Task.FromResult(identity);

    /// <inheritdoc/>
    public Task<AgentIdentity> RenewAsync(AgentIdentity identity, CancellationToken cancellationToken) => throw new NotSupportedException("it is good for as long as the test");

    /// <inheritdoc/>
    public Task TrustAsync(string trustBundlePem, CancellationToken cancellationToken) => Task.CompletedTask;
}
