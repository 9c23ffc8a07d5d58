using System.Text;
using Agents.Domain.Model;

namespace Agents.Controller.Secrets;

/// <summary>Seals and opens the credentials of resources: the one place that says for which purpose they are sealed.</summary>
internal static class CredentialSeal
{
    /// <summary>A credential with its secret sealed.</summary>
    public static Credential Seal(SecretBox box, ResourceRef owner, string role, long version, string secret, DateTimeOffset now) => new()
    {
        Owner = owner,
        Role = role,
        Version = version,
        KeyId = box.KeyId,
        Sealed = box.Seal(Encoding.UTF8.GetBytes(secret), PurposeOf(owner, role, version)),
        CreatedAt = now,
    };

    /// <summary>The secret of a credential. Throws <see cref="SecretUnreadableException"/> when it cannot be opened.</summary>
    public static string Open(SecretBox box, Credential credential) =>
        Encoding.UTF8.GetString(box.Open(credential.Sealed.Span, PurposeOf(credential.Owner, credential.Role, credential.Version)));

    private static string PurposeOf(ResourceRef owner, string role, long version) => $"credential/{owner}/{role}/{version}";
}
