using System.Collections.Immutable;

namespace Agents.Compat.Tests.References;

/// <summary>A type that an assembly declares, with what matters to assemblies that refer to it or derive from it.</summary>
internal sealed record TypeModel(
    string Key, bool IsVisible, bool IsSealed, bool IsAbstract, TypeText? Base, ImmutableArray<TypeText> Interfaces,
    ImmutableArray<MemberModel> Members, ImmutableArray<MemberUse> ExplicitImplementations);
