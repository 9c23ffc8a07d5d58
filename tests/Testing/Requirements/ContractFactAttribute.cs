using Xunit;
using Xunit.Sdk;

namespace Agents.Testing.Requirements;

/// <summary>A test of a contract that several classes inherit: skipped, with the reason, in a class that <see cref="RequiresForAllAttribute"/> what this machine lacks.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Agents.Testing.Requirements.ContractFactDiscoverer", "Agents.Testing")]
internal sealed class ContractFactAttribute : FactAttribute;
