using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol.Identity;

namespace Agents.Controller.Enrollment;

/// <summary>Join tokens as users make, list and delete them. Arguments were checked by the caller.</summary>
internal sealed class JoinTokens(IStore store, CertificateAuthority authority, TimeProvider timeProvider)
{
    /// <summary>Uses of a token when the user says none.</summary>
    public const int DefaultMaxUses = 1;

    /// <summary>The largest number of uses.</summary>
    public const int MaxUsesLimit = 1000;

    /// <summary>How long a token is good when the user does not say.</summary>
    public static TimeSpan DefaultLife { get; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a token can be good at the most.</summary>
    public static TimeSpan LifeLimit { get; } = TimeSpan.FromHours(24);

    /// <summary>Makes a token. Its text is in this answer alone.</summary>
    public async Task<(JoinTokenRecord Record, string Text)> CreateAsync(
        string project, LabelSet labels, int maxUses, TimeSpan life, string createdBy, CancellationToken cancellationToken)
    {
        var token = JoinToken.Create(authority.Certificate.Span);
        var now = timeProvider.GetUtcNow();
        var record = new JoinTokenRecord
        {
            Id = Guid.CreateVersion7(now).ToString("D"),
            SecretSha256 = Convert.ToHexStringLower(token.SecretHash()),
            Project = project,
            Labels = labels,
            MaxUses = maxUses,
            Uses = 0,
            CreatedAt = now,
            ExpiresAt = now + life,
            CreatedBy = createdBy,
        };
        await store.WriteAsync(
            writer =>
            {
                writer.AddJoinToken(record);
                return record;
            },
            cancellationToken);
        return (record, token.ToText());
    }

    /// <summary>The tokens, newest first; of one project, or of all when null.</summary>
    public Task<IReadOnlyList<JoinTokenRecord>> ListAsync(string? project, CancellationToken cancellationToken) =>
        store.ReadAsync(reader => reader.ListJoinTokens(project), cancellationToken);

    /// <summary>One token; null when there is none of that id.</summary>
    public Task<JoinTokenRecord?> FindAsync(string id, CancellationToken cancellationToken) => store.ReadAsync(reader => reader.FindJoinToken(id), cancellationToken);

    /// <summary>Makes a token worthless; false when there is none of that id.</summary>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => store.WriteAsync(writer => writer.RemoveJoinToken(id), cancellationToken);
}
