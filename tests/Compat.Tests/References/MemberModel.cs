using System.Collections.Immutable;
using System.Reflection;

namespace Agents.Compat.Tests.References;

/// <summary>A method or field that a type declares. Its signature names the type's own parameters <c>!0</c> and the method's <c>!!0</c>.</summary>
internal sealed record MemberModel(
    string Name, string Signature, MemberAccess Access, bool IsVirtual, bool IsNewSlot, bool IsAbstract, bool IsFinal,
    ImmutableArray<GenericParameterAttributes> Constraints)
{
    /// <summary>Name and signature.</summary>
    public override string ToString() => Name + Signature;
}
