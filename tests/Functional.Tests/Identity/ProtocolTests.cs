using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Controller.Enrollment;
using Agents.Protocol.Calls;
using Agents.Protocol.Identity;
using Agents.Testing;
using Agents.V1;
using Grpc.Core;
using JoinToken = Agents.Protocol.Identity.JoinToken;

namespace Agents.Functional.Tests.Identity;

/// <summary>What both ends share about who may talk, and how.</summary>
public sealed class ProtocolTests
{
    [Fact]
    public void MethodRoles_EveryMethod_DeclaresARole()
    {
        Assert.NotEmpty(MethodRoles.Methods);
        Assert.All(MethodRoles.Methods, method => Assert.NotEqual(Role.Unspecified, MethodRoles.Of(method)));
    }

    [Fact]
    public void MethodRoles_EveryServiceOfTheContract_IsListed()
    {
        var listed = MethodRoles.Files.SelectMany(file => file.Services).Select(service => service.FullName).ToHashSet();
        var generated = typeof(HostService).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(HostService).Namespace && type.GetProperty("Descriptor")?.PropertyType == typeof(Google.Protobuf.Reflection.ServiceDescriptor))
            .Select(type => ((Google.Protobuf.Reflection.ServiceDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!).FullName);

        Assert.All(generated, name => Assert.Contains(name, listed));
    }

    [Fact]
    public void MethodRoles_UnknownMethod_IsNobodys()
    {
        Assert.Equal(Role.Unspecified, MethodRoles.Of("/agents.v1.HostService/Destroy"));
        Assert.False(MethodRoles.IsDiagnostic("/agents.v1.HostService/Hello"));
        Assert.True(MethodRoles.IsDiagnostic("/grpc.health.v1.Health/Check"));
    }

    [Fact]
    public void JoinToken_Text_RoundTripsAndIsNeverShown()
    {
        var token = JoinToken.Create([1, 2, 3]);

        Assert.True(JoinToken.TryParse(token.ToText(), out var read));

        Assert.Equal(SHA256.HashData([1, 2, 3]), read.AuthoritySha256.ToArray());
        Assert.Equal(token.SecretHash(), JoinToken.HashOf(read.Secret));
        Assert.Equal("join token", $"{token}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("agents1.")]
    [InlineData("agents1.AAAA")]
    [InlineData("agents2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("agents1.!!!!")]
    public void JoinToken_SomethingElse_IsRefused(string? text) => Assert.False(JoinToken.TryParse(text, out _));

    [Fact]
    public void JoinToken_HashOfNonsense_IsNull()
    {
        Assert.Null(JoinToken.HashOf("x"));
        Assert.Null(JoinToken.HashOf("AAAA"));
    }

    [Fact]
    public void PeerName_OfCertificates_TellsHostsFromControllers()
    {
        using var authority = CertificateIssuer.CreateAuthority("store", A.Time);
        using var controller = CertificateIssuer.IssueToController(authority, PeerName.OfController("store"), A.Time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var host = CertificateIssuer.IssueToHost(authority, PeerName.OfHost("store", "h1"), new PublicKey(key), A.Time);

        Assert.Equal(PeerName.OfController("store"), PeerName.Of(controller));
        Assert.Equal(PeerName.OfHost("store", "h1"), PeerName.Of(host));
        Assert.Null(PeerName.Of(authority));
    }

    [Theory]
    [InlineData("agents://store/other")]
    [InlineData("agents://store/host/")]
    [InlineData("agents:///controller")]
    [InlineData("agents://store/host/h1", "agents://store/controller")]
    public void PeerName_OfOddNames_IsNull(params string[] uris)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("agents.example");
        foreach (var uri in uris)
            names.AddUri(new Uri(uri));
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(A.Time, A.Time.AddDays(1));

        Assert.Null(PeerName.Of(certificate));
    }

    [Theory]
    [InlineData(new byte[] { 0x30, 0x7f, 0x86 })]
    [InlineData(new byte[] { 0x30, 0x03, 0x86, 0x01, 0xff })]
    [InlineData(new byte[] { 0x04, 0x00 })]
    public void PeerName_OfNamesThatCannotBeRead_IsNull(byte[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", names, critical: false));
        using var certificate = request.CreateSelfSigned(A.Time, A.Time.AddDays(1));

        Assert.Null(PeerName.Of(certificate));
    }

    [Fact]
    public void PeerCertificates_PurposeTimeAndAuthority_AreChecked()
    {
        using var authority = CertificateIssuer.CreateAuthority("store", A.Time);
        using var other = CertificateIssuer.CreateAuthority("store", A.Time);
        using var controller = CertificateIssuer.IssueToController(authority, PeerName.OfController("store"), A.Time);

        Assert.True(PeerCertificates.IsTrusted(controller, [authority], PeerCertificates.ServerPurpose, A.Time));
        Assert.True(PeerCertificates.IsTrusted(controller, [authority], PeerCertificates.ServerPurpose, A.Time.AddMinutes(-59)));
        Assert.False(PeerCertificates.IsTrusted(controller, [authority], PeerCertificates.ClientPurpose, A.Time));
        Assert.False(PeerCertificates.IsTrusted(controller, [other], PeerCertificates.ServerPurpose, A.Time));
        Assert.False(PeerCertificates.IsTrusted(controller, [authority], PeerCertificates.ServerPurpose, A.Time.AddDays(31)));
        Assert.False(PeerCertificates.IsTrusted(controller, [authority], PeerCertificates.ServerPurpose, A.Time.AddHours(-2)));
        Assert.NotNull(PeerCertificates.PinnedAuthority(controller, SHA256.HashData(authority.RawData)));
        Assert.Null(PeerCertificates.PinnedAuthority(controller, SHA256.HashData(other.RawData)));
        Assert.Null(PeerCertificates.PinnedAuthority(authority, SHA256.HashData(authority.RawData)));
    }

    [Fact]
    public void RequestIds_MalformedId_NeverReachesALog()
    {
        Assert.Equal("abc-1", RequestIds.Of(new Metadata { { RequestIds.Header, "abc-1" } }));
        Assert.Equal("", RequestIds.Of(new Metadata { { RequestIds.Header, "a b" } }));
        Assert.Equal("", RequestIds.Of([]));
    }
}
