using System.Collections.Immutable;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Testing;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace Agents.Compat.Tests.References;

/// <summary>Everything that the official assemblies expect of the contract assemblies is there; what is missing would else only show at run time.</summary>
public sealed class ReferenceTests
{
    private const string Api = "[Grpc.Core.Api]Grpc.Core.";

    private static readonly AssemblyModel Client = AssemblyReader.Read(typeof(GrpcChannel).Assembly.Location);
    private static readonly AssemblyModel Server = AssemblyReader.Read(typeof(IGrpcServerBuilder).Assembly.Location);
    private static readonly AssemblyModel Testing = AssemblyReader.Read(typeof(TestCalls).Assembly.Location);

    private static readonly Contracts Ours = Contracts.Of(
        AssemblyReader.Read(typeof(Metadata).Assembly.Location), AssemblyReader.Read(typeof(ICompressionProvider).Assembly.Location));

    [Fact]
    public void FindMissing_Client_Nothing() => Assert.Empty(Missing(Client, Ours));

    [Fact]
    public void FindMissing_Server_Nothing() => Assert.Empty(Missing(Server, Ours));

    [Fact]
    public void FindMissing_Testing_Nothing() => Assert.Empty(Missing(Testing, Ours));

    [Fact]
    public void Read_Official_SeesTheirReferences()
    {
        Assert.Equal((35, 66), Count(Client));
        Assert.Equal((32, 74), Count(Server));
        Assert.Equal((13, 7), Count(Testing));
    }

    [Fact]
    public void OutputFolder_EveryGrpcAssembly_IsResolvedHere()
    {
        var known = new[] { Client, Server, Testing }.Select(assembly => assembly.Identity.Name).Concat(Ours.Identities.Select(identity => identity.Name));

        var present = Directory.GetFiles(AppContext.BaseDirectory, "Grpc.*.dll").Select(Path.GetFileNameWithoutExtension);

        Assert.Empty(present.Except(known));
    }

    [Fact]
    public void FindMissing_MethodRemoved_IsReported()
    {
        var planted = Ours.With(Api + "WriteOptions", type => Without(type, "get_Flags"));

        Assert.Contains($"member {Api}WriteOptions::get_Flags() : valuetype {Api}WriteFlags is missing", Missing(Client, planted));
    }

    [Fact]
    public void FindMissing_GenericTypesMethodRemoved_IsReported()
    {
        var planted = Ours.With(Api + "Marshaller`1", type => Without(type, "get_ContextualSerializer"));

        Assert.Contains(Missing(Client, planted), problem => problem.StartsWith($"member {Api}Marshaller`1::get_ContextualSerializer", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_MethodHidden_IsReported()
    {
        var planted = Ours.With(Api + "ServerServiceDefinition", type => Change(type, "BindService", member => member with { Access = MemberAccess.Hidden }));

        Assert.Contains(Missing(Server, planted), problem => problem.EndsWith("is hidden", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_SignatureChanged_IsReported()
    {
        var planted = Ours.With(
            Api + "Status", type => Change(type, "get_StatusCode", member => member with { Signature = $"() : class {Api}StatusCode" }));

        Assert.Contains(Missing(Client, planted), problem => problem.Contains("Status::get_StatusCode", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_TypeRemoved_IsReported()
    {
        var planted = Ours.With(Api + "KeyCertificatePair", _ => null);

        Assert.Contains($"type {Api}KeyCertificatePair is missing", Missing(Client, planted));
    }

    [Fact]
    public void FindMissing_TypeHidden_IsReported()
    {
        var planted = Ours.With(Api + "MethodType", type => type with { IsVisible = false });

        Assert.Contains($"type {Api}MethodType is hidden", Missing(Client, planted));
    }

    [Fact]
    public void FindMissing_VirtualRemovedFromBase_IsReported()
    {
        var planted = Ours.With(Api + "SerializationContext", type => Without(type, "SetPayloadLength"));

        Assert.Contains(Missing(Server, planted), problem => problem.EndsWith("overrides nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_VirtualMadeFinal_IsReported()
    {
        var planted = Ours.With(Api + "SerializationContext", type => Change(type, "SetPayloadLength", member => member with { IsFinal = true }));

        Assert.Contains(Missing(Server, planted), problem => problem.EndsWith("overrides a final member", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_AccessOfBaseChanged_IsReported()
    {
        var planted = Ours.With(
            Api + "ServerCallContext", type => Change(type, "get_PeerCore", member => member with { Access = MemberAccess.Public }));

        Assert.Contains(Missing(Testing, planted), problem => problem.EndsWith("is Derived, its base Public", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_ConstraintOfBaseChanged_IsReported()
    {
        var planted = Ours.With(Api + "CallInvoker", type => Change(type, "AsyncUnaryCall", member => member with { Constraints = [default, default] }));

        Assert.Contains(Missing(Client, planted), problem => problem.EndsWith("has other constraints than its base", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_AbstractAddedToBase_IsReported()
    {
        var planted = Ours.With(Api + "CallInvoker", type => type with { Members = type.Members.Add(Abstract("Extra", "() : Void")) });

        Assert.Contains(Missing(Client, planted), problem => problem.Contains("does not override abstract", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_BaseSealed_IsReported()
    {
        var planted = Ours.With(Api + "ChannelBase", type => type with { IsSealed = true });

        Assert.Contains(Missing(Client, planted), problem => problem.EndsWith("which is sealed", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_AbstractAddedToInterface_IsReported()
    {
        var planted = Ours.With(Api + "IAsyncStreamReader`1", type => type with { Members = type.Members.Add(Abstract("Peek", "() : !0")) });

        Assert.Contains(Missing(Server, planted), problem => problem.Contains("does not implement", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_DefaultMemberOfInterfaceMadeAbstract_IsReported()
    {
        var planted = Ours.With(Api + "IAsyncStreamWriter`1", type => type with { Members = [.. type.Members.Select(member => member with { IsAbstract = true })] });

        Assert.Contains(Missing(Client, planted), problem => problem.Contains("does not implement", StringComparison.Ordinal));
    }

    [Fact]
    public void FindMissing_OtherAssemblyVersion_IsReported()
    {
        var planted = Ours.WithIdentity(Ours.Identities[0] with { Version = new Version(1, 0, 0, 0) });

        Assert.Contains(Missing(Client, planted), problem => problem.StartsWith("assembly ", StringComparison.Ordinal));
    }

    private static ImmutableArray<string> Missing(AssemblyModel official, Contracts contracts) => new ReferenceResolver(official, contracts).FindMissing();

    private static (int Types, int Members) Count(AssemblyModel assembly) =>
        (assembly.TypeUses.Count(Ours.Owns), assembly.MemberUses.Count(use => Ours.Owns(use.Owner.Key)));

    private static TypeModel Without(TypeModel type, string member) => type with { Members = type.Members.RemoveAll(candidate => candidate.Name == member) };

    private static TypeModel Change(TypeModel type, string member, Func<MemberModel, MemberModel> change) =>
        type with { Members = [.. type.Members.Select(candidate => candidate.Name == member ? change(candidate) : candidate)] };

    private static MemberModel Abstract(string name, string signature) =>
        new(name, signature, MemberAccess.Public, IsVirtual: true, IsNewSlot: true, IsAbstract: true, IsFinal: false, []);
}
