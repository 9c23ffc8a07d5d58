using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Agent.Identity;
using Agents.Controller.Enrollment;
using Agents.Domain.Model;
using Agents.Functional.Tests.Link;
using Agents.Protocol;
using Agents.Testing;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;
using JoinToken = Agents.Protocol.Identity.JoinToken;

namespace Agents.Functional.Tests.Enrollment;

/// <summary>Enrolment over TLS, against the real store.</summary>
[Trait("Category", "Functional")]
public sealed class EnrollmentTests : LinkFixture
{
    [Fact]
    public async Task Enroll_TwoHostsRaceForOneUse_OneGetsIn()
    {
        var token = await Controller.NewTokenAsync();

        var reasons = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => ReasonAsync(token, Request($"host-{number}"))));

        Assert.Single(reasons, "");
        Assert.Equal(7, reasons.Count(reason => reason == ErrorReasons.TokenUsedUp));
    }

    [Fact]
    public async Task Enroll_SameRequestAndKey_GetsTheSameHostAgain()
    {
        var token = await Controller.NewTokenAsync();
        var request = Request("host-1");

        var first = await EnrollAsync(token, request);
        var second = await EnrollAsync(token, request);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Enroll_SameRequestIdWithAnotherKey_IsAnotherRequest()
    {
        var token = await Controller.NewTokenAsync();
        var request = Request("host-1");
        await EnrollAsync(token, request);
        request.CertificateRequest = NewCertificateRequest();

        Assert.Equal(ErrorReasons.TokenUsedUp, await ReasonAsync(token, request));
    }

    [Fact]
    public async Task Enroll_TokenOfOurAuthorityThatIsNotStored_IsUnknown()
    {
        var token = JoinToken.Create(Controller.Authority.Certificate.Span).ToText();

        Assert.Equal(ErrorReasons.TokenUnknown, await ReasonAsync(token, Request("host-1")));
    }

    [Fact]
    public async Task Enroll_DeletedToken_IsUnknown()
    {
        var (record, text) = await Controller.NewTokenAsync("default", LabelSet.Empty);
        await Controller.Store.WriteAsync(
            writer =>
            {
                Controller.Service<JoinTokens>().Delete(writer, record, Origin.System);
                return true;
            },
            CancellationToken.None);

        Assert.Equal(ErrorReasons.TokenUnknown, await ReasonAsync(text, Request("host-1")));
    }

    [Fact]
    public async Task Enroll_ExpiredToken_IsRefused()
    {
        var token = await Controller.NewTokenAsync(life: TimeSpan.FromSeconds(-1));

        Assert.Equal(ErrorReasons.TokenExpired, await ReasonAsync(token, Request("host-1")));
    }

    [Fact]
    public async Task Enroll_TakenName_IsAViolationAndDoesNotUseTheToken()
    {
        await EnrollAsync(await Controller.NewTokenAsync(), Request("host-1"));
        var token = await Controller.NewTokenAsync();

        var second = Request("host-1");
        second.ClusterAddress = second.ClientAddress = "192.0.2.200";
        var exception = await Assert.ThrowsAsync<RpcException>(() => EnrollAsync(token, second));

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Equal("name", Assert.Single(RpcErrors.ViolationsOf(exception)).Field);
        await EnrollAsync(token, Request("host-2"));
    }

    [Fact]
    public async Task Enroll_Labels_AreThoseOfTheTokenAlone()
    {
        var labels = new LabelSet([new("rack", "b2"), new("zone", "z1")]);
        var (_, text) = await Controller.NewTokenAsync("shop", labels);

        var response = await EnrollAsync(text, Request("host-1"));

        var host = await Controller.Store.WriteAsync(writer => writer.FindHost(HostId.Parse(response.HostId)), CancellationToken.None);
        Assert.Equal("shop", response.Project);
        Assert.Equal(new Dictionary<string, string> { ["rack"] = "b2", ["zone"] = "z1" }, host!.Labels.Values);
    }

    [Fact]
    public async Task Enroll_NonsenseEverywhere_NamesEveryField()
    {
        var request = new EnrollRequest
        {
            Name = "No Name",
            ClusterAddress = "0.0.0.0",
            ClientAddress = "host.example",
            PortFirst = 90,
            PortLast = 70000,
            NetworkPool = "10.0.0.1",
            Token = "x",
            CertificateRequest = ByteString.CopyFromUtf8("nonsense"),
        };

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await EnrollAsync(await Controller.NewTokenAsync(), request));

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Equal(
            ["name", "request_id", "port_first", "cluster_address", "client_address", "network_pool", "certificate_request"],
            RpcErrors.ViolationsOf(exception).Select(violation => violation.Field));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.0/24")]
    [InlineData("224.0.0.1", "10.0.0.0/16")]
    [InlineData("127.0.0.2", "10.0.0.0/16")]
    [InlineData("169.254.169.254", "10.0.0.0/16")]
    [InlineData("0.0.0.7", "10.0.0.0/16")]
    [InlineData("::1", "10.0.0.0/16")]
    [InlineData("::ffff:192.0.2.7", "10.0.0.0/16")]
    [InlineData("2001:db8::1%7", "10.0.0.0/16")]
    [InlineData("fe80::1", "10.0.0.0/16")]
    [InlineData("192.0.2.007", "10.0.0.0/16")]
    [InlineData("192.0.2.7", "10.0.0.0/30")]
    [InlineData("192.0.2.7", "fd00::/16")]
    public async Task Enroll_AddressOrPoolThatCannotBe_IsInvalid(string address, string pool)
    {
        var request = Request("host-1");
        (request.ClusterAddress, request.ClientAddress, request.NetworkPool) = (address, "192.0.2.8", pool);

        Assert.Equal(ErrorReasons.InvalidArgument, await ReasonAsync(await Controller.NewTokenAsync(), request));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.8", "cluster_address")]
    [InlineData("192.0.2.8", "192.0.2.107", "client_address")]
    [InlineData("192.0.2.107", "192.0.2.7", "cluster_address", "client_address")]
    public async Task Enroll_AddressOfAnotherHost_IsInvalid(string clusterAddress, string clientAddress, params string[] wrong)
    {
        var first = Request("host-1");
        first.ClientAddress = "192.0.2.107";
        await EnrollAsync(await Controller.NewTokenAsync(), first);
        var second = Request("host-2");
        (second.ClusterAddress, second.ClientAddress) = (clusterAddress, clientAddress);
        var token = await Controller.NewTokenAsync();

        var exception = await Assert.ThrowsAsync<RpcException>(() => EnrollAsync(token, second));

        Assert.Equal(wrong, RpcErrors.ViolationsOf(exception).Select(violation => violation.Field));
        Assert.Contains("\"host-1\"", exception.Status.Detail, StringComparison.Ordinal);
        await EnrollAsync(token, Request("host-2")); // The token was not used.
    }

    [Fact]
    public async Task Enroll_KeyOfAnotherKind_IsInvalid()
    {
        using var key = RSA.Create(2048);
        var request = Request("host-1");
        request.CertificateRequest = ByteString.CopyFrom(
            new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest());

        Assert.Equal(ErrorReasons.InvalidArgument, await ReasonAsync(await Controller.NewTokenAsync(), request));
    }

    [Fact]
    public async Task Enroll_ControllerOfAnotherAuthority_IsNotSentTheSecret()
    {
        using var stranger = CertificateIssuer.CreateAuthority("stranger", DateTimeOffset.UtcNow);
        var token = JoinToken.Create(stranger.RawData).ToText();

        var exception = await Assert.ThrowsAsync<RpcException>(() => EnrollAsync(token, Request("host-1")));

        Assert.Equal("", RpcErrors.ReasonOf(exception));
        Assert.DoesNotContain(Controller.Log.Lines, line => line.Contains("Enrol", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agent_NoTokenAndNoIdentity_SaysWhatToDo()
    {
        var agent = await StartAgentAsync(enrolled: true);

        await agent.Log.WaitForAsync("agentctl token create");
    }

    [Fact]
    public async Task Agent_Enrolled_KeepsItsFilesToItself()
    {
        await EnrolledAsync();

        foreach (var file in System.IO.Directory.GetFiles(Path.Combine(Directory.File("agent"), "identity")))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static EnrollRequest Request(string name) => new()
    {
        Name = name,
        ClusterAddress = Declarations.AddressOf(name),
        ClientAddress = Declarations.AddressOf(name),
        PortFirst = 20000,
        PortLast = 20999,
        NetworkPool = "10.210.0.0/16",
        CertificateRequest = NewCertificateRequest(),
        RequestId = Guid.NewGuid().ToString(),
    };

    private static ByteString NewCertificateRequest()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ByteString.CopyFrom(new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequest());
    }

    private async Task<string> ReasonAsync(string token, EnrollRequest request)
    {
        try
        {
            await EnrollAsync(token, request);
            return "";
        }
        catch (RpcException exception)
        {
            return RpcErrors.ReasonOf(exception);
        }
    }

    private async Task<EnrollResponse> EnrollAsync(string tokenText, EnrollRequest request)
    {
        Assert.True(JoinToken.TryParse(tokenText, out var token));
        if (request.Token.Length == 0)
            request.Token = token.Secret;
        using var channel = ControllerChannel.Dialling(Address, ControllerTls.For(token, SslApplicationProtocol.Http2, TimeProvider.System));
        return await new EnrollmentService.EnrollmentServiceClient(channel).EnrollAsync(request.Clone(), deadline: DateTime.UtcNow + Waiting.Limit);
    }
}
