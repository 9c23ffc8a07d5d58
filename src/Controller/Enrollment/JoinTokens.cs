using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol.Identity;

namespace Agents.Controller.Enrollment;

/// <summary>Makes and deletes join tokens, with their events, in the caller's transaction. Arguments were checked by the caller.</summary>
internal sealed class JoinTokens(CertificateAuthority authority, TimeProvider timeProvider)
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
    public (JoinTokenRecord Record, string Text) Create(IStoreWriter writer, string project, LabelSet labels, int maxUses, TimeSpan life, Origin origin)
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
            CreatedBy = origin.Principal,
        };
        writer.AddJoinToken(record);
        writer.AddEvent(new NewEvent("join_token.created", project, record.Id, origin, "{}", now));
        return (record, token.ToText());
    }

    /// <summary>Makes a token worthless.</summary>
    public void Delete(IStoreWriter writer, JoinTokenRecord token, Origin origin)
    {
        if (writer.RemoveJoinToken(token.Id))
            writer.AddEvent(new NewEvent("join_token.deleted", token.Project, token.Id, origin, "{}", timeProvider.GetUtcNow()));
    }
}
