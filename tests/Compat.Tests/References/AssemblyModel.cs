using System.Collections.Immutable;

namespace Agents.Compat.Tests.References;

/// <summary>What an assembly is, what it declares and what it refers to.</summary>
internal sealed record AssemblyModel(
    AssemblyIdentity Identity, ImmutableArray<TypeModel> Types, ImmutableArray<AssemblyIdentity> References,
    ImmutableArray<string> TypeUses, ImmutableArray<MemberUse> MemberUses);
