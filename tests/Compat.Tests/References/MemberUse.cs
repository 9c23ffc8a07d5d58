namespace Agents.Compat.Tests.References;

/// <summary>A reference to a member of another assembly's type.</summary>
internal sealed record MemberUse(TypeText Owner, string Name, string Signature)
{
    /// <summary>Owner, name and signature.</summary>
    public override string ToString() => $"{Owner.Key}::{Name}{Signature}";
}
