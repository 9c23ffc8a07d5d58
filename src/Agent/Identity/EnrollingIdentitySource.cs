using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.V1;
using Google.Protobuf;
using JoinToken = Agents.Protocol.Identity.JoinToken;

namespace Agents.Agent.Identity;

/// <summary>
/// Reads the identity from disk, and enrols the host when there is none. Safe to kill at any moment: the key and the request id are durable before the first request, so
/// an answer that was lost is given again.
/// </summary>
internal sealed class EnrollingIdentitySource(
    IdentityDirectory directory, IdentityOptions options, TimeProvider timeProvider, ILogger<EnrollingIdentitySource> logger) : IIdentitySource, IDisposable
{
    private static readonly TimeSpan EnrollDeadline = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile AgentIdentity? _current;

    /// <inheritdoc/>
    public AgentIdentity? Current => _current;

    /// <inheritdoc/>
    public async Task<AgentIdentity> GetAsync(CancellationToken cancellationToken)
    {
        if (_current is { } known)
            return known;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _current ??= directory.Load() ?? await EnrollAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<AgentIdentity> EnrollAsync(CancellationToken cancellationToken)
    {
        if (!JoinToken.TryParse(options.JoinToken, out var token))
            throw new InvalidOperationException("this host has no identity and no valid join token: make one with \"agentctl token create\" and give it to the agent");
        var response = await AskAsync(token, NewRequest(token), cancellationToken);
        directory.Save(new IdentityRecord
        {
            HostId = response.HostId,
            Project = response.Project,
            ControllerId = response.ControllerId,
            CertificatePem = response.CertificatePem,
            TrustBundlePem = response.TrustBundlePem,
        });
        Log.Enrolled(logger, response.HostId, response.Project, response.ControllerId);
        return directory.Load()!;
    }

    private async Task<EnrollResponse> AskAsync(JoinToken token, EnrollRequest request, CancellationToken cancellationToken)
    {
        var tls = ControllerTls.For(token, SslApplicationProtocol.Http2, timeProvider);
        await using var stream = await ControllerSocket.ConnectAsync(options.Controller, cancellationToken);
        using var channel = ControllerChannel.Over(options.Controller, tls, stream);
        var deadline = timeProvider.GetUtcNow().UtcDateTime + EnrollDeadline;
        return await new EnrollmentService.EnrollmentServiceClient(channel).EnrollAsync(request, deadline: deadline, cancellationToken: cancellationToken);
    }

    private EnrollRequest NewRequest(JoinToken token)
    {
        using var key = directory.LoadOrCreateKey();
        var certificateRequest = new CertificateRequest("CN=agent", key, HashAlgorithmName.SHA256);
        var declaration = options.Declaration;
        return new EnrollRequest
        {
            Token = token.Secret,
            CertificateRequest = ByteString.CopyFrom(certificateRequest.CreateSigningRequest()),
            Name = declaration.Name,
            ClusterAddress = declaration.ClusterAddress,
            ClientAddress = declaration.ClientAddress,
            PortFirst = declaration.PortFirst,
            PortLast = declaration.PortLast,
            NetworkPool = declaration.NetworkPool,
            RequestId = directory.LoadOrCreateRequestId(),
        };
    }
}
