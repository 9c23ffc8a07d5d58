using Agents.Controller.Enrollment;
using Agents.Domain.Model;

namespace Agents.Testing.Stores;

/// <summary>What enrolment keeps of hosts and join tokens, for tests that enrol nobody.</summary>
internal sealed class InMemoryEnrollment : IEnrollmentStore, IEnrollmentReader
{
    /// <summary>The credentials of hosts.</summary>
    public Dictionary<HostId, HostIdentity> Identities { get; } = [];

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<IEnrollmentReader, T> read, CancellationToken cancellationToken) => Task.FromResult(read(this));

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<IEnrollmentWriter, T> write, CancellationToken cancellationToken) => throw new NotSupportedException("these tests enrol nobody");

    /// <inheritdoc/>
    public IReadOnlyList<StoredAuthority> ListAuthorities() => [];

    /// <inheritdoc/>
    public HostIdentity? FindIdentity(HostId id) => Identities.GetValueOrDefault(id);

    /// <inheritdoc/>
    public JoinTokenRecord? FindJoinToken(string id) => null;

    /// <inheritdoc/>
    public JoinTokenRecord? FindJoinTokenBySecret(string secretSha256) => null;

    /// <inheritdoc/>
    public IReadOnlyList<JoinTokenRecord> ListJoinTokens(string? project) => [];
}
