using Agents.V1;

namespace Agents.Architecture.Tests.Protos;

/// <summary>What methods say about themselves, in our protos and in planted ones.</summary>
public sealed class MethodRulesTests
{
    /// <summary>Every method has a role.</summary>
    [Fact]
    public void WithoutRole_Repository_AreNone() => Rules.AssertHolds(MethodRules.WithoutRole(Descriptors.Methods));

    /// <summary>Every command carries its context.</summary>
    [Fact]
    public void WithoutContext_Repository_AreNone() => Rules.AssertHolds(MethodRules.WithoutContext(Descriptors.Methods));

    /// <summary>Every verb of REST can be served.</summary>
    [Fact]
    public void BrokenVerbs_Repository_AreNone()
    {
        Rules.AssertHolds(MethodRules.BrokenVerbs(Descriptors.Methods));
        Assert.Contains(Descriptors.Methods, method => method.GetOptions()?.GetExtension(RestExtensions.Verb) is { Path: "undelete" });
    }

    /// <summary>All services are looked at.</summary>
    [Fact]
    public void Methods_Repository_AreThere() => Assert.True(Descriptors.Methods.Count > 50);

    /// <summary>A method without a role is found.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(Role.Unspecified)]
    public void WithoutRole_Planted_IsFound(Role? role) => Assert.Single(MethodRules.WithoutRole([PlantedProtos.Method("Get", role)]));

    /// <summary>A command without context is found; reading, and what users call, needs none.</summary>
    [Theory]
    [InlineData("StartContainer", Role.Controller, 1)]
    [InlineData("ListContainers", Role.Controller, 0)]
    [InlineData("DeletePostgresCluster", Role.Operator, 0)]
    public void WithoutContext_Planted_IsFound(string name, Role role, int expected) => Assert.Equal(expected, MethodRules.WithoutContext([PlantedProtos.Method(name, role)]).Count());

    /// <summary>A verb of a service that REST does not ask, with neither an id nor an operation, is found for each.</summary>
    [Fact]
    public void BrokenVerbs_Planted_AreFound() => Assert.Equal(3, MethodRules.BrokenVerbs([PlantedProtos.Method("Restart", Role.Operator, new Verb { Path = "restart" })]).Count());
}
