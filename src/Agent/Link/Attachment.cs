using System.Net.Security;
using Agents.Agent.Identity;
using Agents.Protocol;
using Agents.Protocol.Link;
using Agents.V1;

namespace Agents.Agent.Link;

/// <summary>Asks a controller for permission to link. What it says of the authorities to trust is kept; a key that it is asked with for the first time replaces the older one.</summary>
internal sealed class Attachment(IIdentitySource identities, ProcessIdentity process, TimeProvider timeProvider)
{
    private static readonly TimeSpan Deadline = LinkProtocol.DuplicatePing + TimeSpan.FromSeconds(3);

    /// <summary>The nonce of a link.</summary>
    public async Task<byte[]> AskAsync(ControllerAddress controller, AgentIdentity identity, CancellationToken cancellationToken)
    {
        var tls = ControllerTls.For(identity, SslApplicationProtocol.Http2, timeProvider);
        await using var stream = await ControllerSocket.ConnectAsync(controller, cancellationToken);
        using var channel = ControllerChannel.Over(controller, tls, stream);
        var request = new AttachRequest
        {
            BootId = process.BootId,
            ProcessId = process.ProcessId,
            ProtocolMin = ProtocolVersion.Minimum,
            ProtocolMax = ProtocolVersion.Maximum,
            AgentVersion = process.Version,
        };
        var deadline = timeProvider.GetUtcNow().UtcDateTime + Deadline;
        var response = await new EnrollmentService.EnrollmentServiceClient(channel).AttachAsync(request, deadline: deadline, cancellationToken: cancellationToken);
        await identities.TrustAsync(response.TrustBundlePem, cancellationToken);
        return response.Nonce.Length == LinkProtocol.NonceBytes ? response.Nonce.ToByteArray() : throw new IOException("the controller's nonce has a wrong length");
    }
}
