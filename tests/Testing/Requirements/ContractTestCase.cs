using Xunit.Abstractions;
using Xunit.Sdk;

namespace Agents.Testing.Requirements;

/// <summary>A test of a contract in one of the classes that inherit it. Public, and with a constructor without arguments, for the test runner's sake.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    /// <summary>For the test runner.</summary>
    [Obsolete("Called by the test runner alone.")]
    public ContractTestCase()
    {
    }

    /// <summary>A test of a class.</summary>
    public ContractTestCase(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(sink, display, options, method)
    {
    }

    /// <inheritdoc/>
    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute)
        ?? TestMethod.TestClass.Class.ToRuntimeType().GetCustomAttributes(typeof(RequiresForAllAttribute), inherit: true)
            .Cast<RequiresForAllAttribute>().Select(attribute => Surroundings.Missing(attribute.Requirement)).FirstOrDefault(reason => reason is not null);
}
