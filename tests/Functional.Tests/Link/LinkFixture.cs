using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Agent.Identity;
using Agents.Controller.Enrollment;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Protocol.Identity;
using Agents.Testing;
using Agents.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Agents.Functional.Tests.Link;

/// <summary>A controller, and hosts that enrolled with it, for tests that look at what goes on between them.</summary>
public abstract class LinkFixture : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _agents = [];

    internal TemporaryDirectory Directory { get; } = new();

    internal ControllerHost Controller { get; private set; } = null!;

    internal ControllerAddress Address => new("127.0.0.1", Controller.Port);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await ControllerHost.CreateAuthorityAsync(Directory.File("controller"), DateTimeOffset.UtcNow.AddDays(-200));
        Controller = await ControllerHost.StartAsync(Directory.File("controller"));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        await Controller.DisposeAsync();
        Directory.Dispose();
    }

    /// <summary>Stops the controller and starts it again on the same port.</summary>
    internal async Task RestartControllerAsync(TimeProvider? timeProvider = null)
    {
        var port = Controller.Port;
        await Controller.DisposeAsync();
        Controller = await ControllerHost.StartAsync(Directory.File("controller"), port: port, timeProvider: timeProvider);
    }

    /// <summary>Starts an agent that is stopped with the test.</summary>
    internal async Task<AgentHost> StartAgentAsync(string directory = "agent", string bootId = "boot-1", string? processId = null, bool enrolled = false)
    {
        var agent = await AgentHost.StartAsync(Directory.File(directory), Address, enrolled ? null : await Controller.NewTokenAsync(), bootId, processId);
        _agents.Add(agent);
        return agent;
    }

    /// <summary>The identity of a host that has enrolled and runs no agent.</summary>
    internal async Task<AgentIdentity> EnrolledAsync(string directory = "agent")
    {
        await using (var agent = await AgentHost.StartAsync(Directory.File(directory), Address, await Controller.NewTokenAsync()))
            await Controller.NextSessionAsync();
        return new IdentityDirectory(Path.Combine(Directory.File(directory), "identity")).Load()!;
    }

    /// <summary>Changes the stored credential of a host.</summary>
    internal Task ChangeIdentityAsync(string hostId, Func<HostIdentity, HostIdentity> change) => Controller.Store.WriteAsync(
        writer =>
        {
            writer.UpdateIdentity(change(writer.FindIdentity(HostId.Parse(hostId))!));
            return 0;
        },
        CancellationToken.None);

    /// <summary>The same identity with a certificate of the same key that the authority signed at another time, or for another name.</summary>
    internal async Task<AgentIdentity> ReissueAsync(AgentIdentity identity, DateTimeOffset signedAt, string? hostId = null)
    {
        using var signer = await Controller.SignerAsync();
        var name = PeerName.OfHost(identity.ControllerId, hostId ?? identity.HostId);
        using var certificate = CertificateIssuer.IssueToHost(signer, name, identity.Certificate.PublicKey, signedAt);
        using var key = identity.Certificate.GetECDsaPrivateKey()!;
        return identity with { Certificate = certificate.CopyWithPrivateKey(key) };
    }

    /// <summary>Puts an identity where an agent will find it.</summary>
    internal void Save(AgentIdentity identity, string directory = "agent") => new IdentityDirectory(Path.Combine(Directory.File(directory), "identity")).Save(new IdentityRecord
    {
        HostId = identity.HostId,
        Project = identity.Project,
        ControllerId = identity.ControllerId,
        CertificatePem = identity.Certificate.ExportCertificatePem(),
        TrustBundlePem = identity.Trusted.ExportCertificatePems(),
    });

    /// <summary>Asks for permission to link.</summary>
    internal async Task<AttachResponse> AttachAsync(AgentIdentity identity, string bootId = "boot-1", string processId = "process-1", int protocol = ProtocolVersion.Minimum)
    {
        using var channel = Channel(identity);
        var request = new AttachRequest { BootId = bootId, ProcessId = processId, ProtocolMin = protocol, ProtocolMax = protocol };
        return await new EnrollmentService.EnrollmentServiceClient(channel).AttachAsync(request, deadline: DateTime.UtcNow + Waiting.Limit);
    }

    /// <summary>The reason with which permission to link is refused.</summary>
    internal async Task<string> AttachReasonAsync(AgentIdentity identity, string bootId = "boot-1", string processId = "process-1", int protocol = ProtocolVersion.Minimum) =>
        RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => AttachAsync(identity, bootId, processId, protocol)));

    /// <summary>An ordinary channel of a host to the controller.</summary>
    internal GrpcChannel Channel(AgentIdentity identity) =>
        ControllerChannel.Dialling(Address, ControllerTls.For(identity, SslApplicationProtocol.Http2, TimeProvider.System));

    /// <summary>A certificate that its owner signed, with the names of a host.</summary>
    internal static AgentIdentity Forge(AgentIdentity identity)
    {
        using var authority = CertificateIssuer.CreateAuthority(identity.ControllerId, DateTimeOffset.UtcNow);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = CertificateIssuer.IssueToHost(authority, PeerName.OfHost(identity.ControllerId, identity.HostId), new PublicKey(key), DateTimeOffset.UtcNow);
        return identity with { Certificate = certificate.CopyWithPrivateKey(key) };
    }
}
