using Agents.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Agents.Architecture.Tests.Style;

/// <summary>
/// A switch over one of our enumerations, or one of the contract's, lists its members and has no default: what is added later must be thought of in each, and the compiler
/// says where in an expression, this rule in a statement. What is such a switch is seen by its other arms.
/// </summary>
internal sealed class EnumSwitchRule
{
    private readonly ILookup<string, HashSet<string>> _enums;

    /// <summary>The rule for the enumerations that files declare, and others by name and members.</summary>
    public EnumSwitchRule(IEnumerable<SourceFile> files, IEnumerable<(string Name, IEnumerable<string> Members)> others) => _enums =
        files.SelectMany(file => file.Syntax.DescendantNodes().OfType<EnumDeclarationSyntax>())
            .Select(type => (Name: type.Identifier.Text, Members: type.Members.Select(member => member.Identifier.Text)))
            .Concat(others)
            .ToLookup(type => type.Name, type => type.Members.ToHashSet());

    /// <summary>What breaks the rule in a file.</summary>
    public IEnumerable<string> Violations(SourceFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            if (ArmsOf(node) is not { } arms || arms.Names.Select(name => name.Split('.')[0]).FirstOrDefault(IsEnumOf(arms.Names)) is not { } type)
                continue;
            var listed = arms.Names.Select(name => name.Split('.')[1]).ToHashSet();
            var line = $"{file.Path} line {node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
            if (arms.HasDefault)
                yield return $"{line} has a default in a switch over {type}: list its members";
            else if (node is SwitchStatementSyntax && !_enums[type].Any(members => members.IsSubsetOf(listed)))
                yield return $"{line} forgets a member of {type}: the compiler does not say so of a statement";
        }
    }

    /// <summary>Two enumerations may have one name: the one is meant that has all the members that are said.</summary>
    private Func<string, bool> IsEnumOf(IEnumerable<string> names) =>
        type => _enums[type].Any(members => names.All(name => name.Split('.')[0] == type && members.Contains(name.Split('.')[1])));

    private static (IEnumerable<string> Names, bool HasDefault)? ArmsOf(Microsoft.CodeAnalysis.SyntaxNode node) => node switch
    {
        SwitchExpressionSyntax expression => (
            expression.Arms.SelectMany(arm => Names(arm.Pattern)),
            expression.Arms.Any(arm => arm is { WhenClause: null, Pattern: DiscardPatternSyntax or VarPatternSyntax })),
        SwitchStatementSyntax statement => (
            statement.Sections.SelectMany(section => section.Labels).SelectMany(LabelNames),
            statement.Sections.SelectMany(section => section.Labels).Any(label => label is DefaultSwitchLabelSyntax)),
        _ => null,
    };

    private static IEnumerable<string> LabelNames(SwitchLabelSyntax label) => label switch
    {
        CaseSwitchLabelSyntax constant => Name(constant.Value),
        CasePatternSwitchLabelSyntax pattern => Names(pattern.Pattern),
        _ => [],
    };

    private static IEnumerable<string> Names(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax constant => Name(constant.Expression),
        BinaryPatternSyntax either => Names(either.Left).Concat(Names(either.Right)),
        ParenthesizedPatternSyntax inner => Names(inner.Pattern),
        _ => [],
    };

    /// <summary>The type and the member, however the type is qualified.</summary>
    private static IEnumerable<string> Name(ExpressionSyntax expression) =>
        expression is MemberAccessExpressionSyntax member ? [string.Join('.', member.ToString().Split('.').TakeLast(2))] : [];
}
