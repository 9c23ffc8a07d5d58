using Agents.Domain.Model;

namespace Agents.Controller.Enrollment;

/// <summary>What enrolment reads of the store, in one consistent state.</summary>
internal interface IEnrollmentReader
{
    /// <summary>The certificate authorities, newest first: all of them are trusted.</summary>
    IReadOnlyList<StoredAuthority> ListAuthorities();

    /// <summary>The credential of a host; null when there is none.</summary>
    HostIdentity? FindIdentity(HostId id);

    /// <summary>The join token of that id; null when there is none.</summary>
    JoinTokenRecord? FindJoinToken(string id);

    /// <summary>The join token whose secret has that hex SHA-256; null when there is none.</summary>
    JoinTokenRecord? FindJoinTokenBySecret(string secretSha256);

    /// <summary>The join tokens, newest first; of one project, or of all when null.</summary>
    IReadOnlyList<JoinTokenRecord> ListJoinTokens(string? project);
}
