using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Agents.Compat.Tests.References;

/// <summary>
/// Resolves everything that an official assembly expects of the contract assemblies, as the runtime's loader would:
/// the assemblies' names, types, members, the bases that it overrides and the interfaces that it implements.
/// </summary>
internal sealed partial class ReferenceResolver(AssemblyModel official, Contracts contracts)
{
    private static readonly ImmutableArray<string> OverridesOfObject =
        [.. typeof(object).GetMethods().Where(method => method.IsVirtual).Select(method => method.Name), "Finalize"];

    private readonly ImmutableDictionary<string, TypeModel> _officialTypes = official.Types.ToImmutableDictionary(type => type.Key);

    /// <summary>What does not resolve, each with its reason; empty when all is well.</summary>
    public ImmutableArray<string> FindMissing() =>
    [
        .. MissingAssemblies(),
        .. official.TypeUses.Where(contracts.Owns).SelectMany(MissingType),
        .. official.MemberUses.Where(use => contracts.Owns(use.Owner.Key)).SelectMany(MissingMember),
        .. official.Types.Where(type => contracts.Owns(type.Base?.Key) || InheritsContract(type)).SelectMany(MissingOverrides),
        .. official.Types.SelectMany(MissingImplementations),
    ];

    private IEnumerable<string> MissingAssemblies() =>
        from reference in official.References
        from identity in contracts.Identities
        where reference.Name == identity.Name && reference != identity
        select $"assembly {reference} is asked for, but {identity} is there";

    private IEnumerable<string> MissingType(string key)
    {
        if (contracts.Find(key) is not { } type) yield return $"type {key} is missing";
        else if (!type.IsVisible) yield return $"type {key} is hidden";
    }

    private IEnumerable<string> MissingMember(MemberUse use)
    {
        var (member, declaring) = FindMember(use);
        if (member is null) yield return $"member {use} is missing";
        else if (member.Access == MemberAccess.Hidden || (member.Access == MemberAccess.Derived && !DerivesFrom(declaring!)))
            yield return $"member {use} is hidden";
    }

    private (MemberModel? Member, TypeModel? Declaring) FindMember(MemberUse use)
    {
        for (var type = contracts.Find(use.Owner.Key); type is not null; type = contracts.Find(type.Base?.Key))
        {
            if (type.Members.FirstOrDefault(member => member.Name == use.Name && member.Signature == use.Signature) is { } found) return (found, type);
        }

        return (null, null);
    }

    private bool DerivesFrom(TypeModel contract) => official.Types.Any(type => AncestorsOf(type).Any(ancestor => ancestor.Type.Key == contract.Key));

    private bool InheritsContract(TypeModel type) => AncestorsOf(type).Any(ancestor => contracts.Owns(ancestor.Type.Key));

    private IEnumerable<string> MissingOverrides(TypeModel type)
    {
        var ancestors = AncestorsOf(type).ToList();
        if (contracts.Find(type.Base?.Key) is { IsSealed: true }) yield return $"{type.Key} derives from {type.Base!.Key}, which is sealed";
        foreach (var member in type.Members.Where(member => member.IsVirtual && !member.IsNewSlot))
        {
            foreach (var problem in MissingBase(type, member, ancestors)) yield return problem;
        }

        if (type.IsAbstract) yield break;
        var implemented = new HashSet<string>(ConcreteMembers(type, []));
        foreach (var (ancestor, arguments) in ancestors)
        {
            foreach (var member in ancestor.Members.Where(member => member.IsAbstract))
            {
                if (!implemented.Contains(member.Name + Substitute(member.Signature, arguments)))
                    yield return $"{type.Key} does not override abstract {ancestor.Key}::{member}";
            }

            implemented.UnionWith(ConcreteMembers(ancestor, arguments));
        }
    }

    private static IEnumerable<string> MissingBase(
        TypeModel type, MemberModel member, IReadOnlyList<(TypeModel Type, ImmutableArray<string> Arguments)> ancestors)
    {
        var overridden = ancestors
            .SelectMany(ancestor => ancestor.Type.Members
                .Where(candidate => candidate.IsVirtual && candidate.Name == member.Name)
                .Where(candidate => Substitute(candidate.Signature, ancestor.Arguments) == member.Signature))
            .FirstOrDefault();
        if (overridden is null)
        {
            if (!OverridesOfObject.Contains(member.Name)) yield return $"{type.Key}::{member} overrides nothing";
        }
        else
        {
            if (overridden.IsFinal) yield return $"{type.Key}::{member} overrides a final member";
            if (overridden.Access != member.Access) yield return $"{type.Key}::{member} is {member.Access}, its base {overridden.Access}";
            if (!overridden.Constraints.SequenceEqual(member.Constraints)) yield return $"{type.Key}::{member} has other constraints than its base";
        }
    }

    private IEnumerable<string> MissingImplementations(TypeModel type)
    {
        if (type.IsAbstract && type.Base is null) yield break;
        var members = AncestorsOf(type).Prepend((Type: type, Arguments: []))
            .SelectMany(level => level.Type.Members.Where(member => member.IsVirtual && member.Access == MemberAccess.Public)
                .Select(member => member.Name + Substitute(member.Signature, level.Arguments)))
            .ToHashSet();
        foreach (var used in type.Interfaces)
        {
            if (contracts.Find(used.Key) is not { } contract) continue;
            foreach (var member in contract.Members.Where(member => member.IsAbstract))
            {
                var isExplicit = type.ExplicitImplementations.Any(
                    use => use.Owner.Key == used.Key && use.Name == member.Name && use.Signature == member.Signature);
                if (!isExplicit && !members.Contains(member.Name + Substitute(member.Signature, used.Arguments)))
                    yield return $"{type.Key} does not implement {used.Key}::{member}";
            }
        }
    }

    private static IEnumerable<string> ConcreteMembers(TypeModel type, ImmutableArray<string> arguments) =>
        type.Members.Where(member => member.IsVirtual && !member.IsAbstract).Select(member => member.Name + Substitute(member.Signature, arguments));

    // From the nearest base to the furthest that is known, each with its type arguments in terms of the type that was asked for.
    private IEnumerable<(TypeModel Type, ImmutableArray<string> Arguments)> AncestorsOf(TypeModel type)
    {
        ImmutableArray<string> own = [];
        for (var used = type.Base; used is not null;)
        {
            var found = contracts.Find(used.Key) ?? _officialTypes.GetValueOrDefault(used.Key ?? "");
            if (found is null) yield break;
            own = [.. used.Arguments.Select(argument => Substitute(argument, own))];
            yield return (found, own);
            used = found.Base;
        }
    }

    private static string Substitute(string text, ImmutableArray<string> arguments) =>
        arguments.IsEmpty ? text : TypeParameter().Replace(text, match => arguments[int.Parse(match.Groups[1].ValueSpan, provider: null)]);

    [GeneratedRegex("(?<!!)!([0-9]+)")]
    private static partial Regex TypeParameter();
}
