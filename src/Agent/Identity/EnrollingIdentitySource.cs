using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Protocol;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;
using JoinToken = Agents.Protocol.Identity.JoinToken;

namespace Agents.Agent.Identity;

/// <summary>
/// Reads the identity from disk, enrols the host when there is none, and renews it. Safe to kill at any moment: the key, and the request id, are durable before the request,
/// so an answer that was lost is given again.
/// </summary>
internal sealed class EnrollingIdentitySource(
    IdentityDirectory directory, IdentityOptions options, TimeProvider timeProvider, ILogger<EnrollingIdentitySource> logger) : IIdentitySource, IDisposable
{
    private static readonly TimeSpan EnrollDeadline = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
            return _current ?? Take(directory.Load() ?? await EnrollAsync(cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<AgentIdentity> WhenKnownAsync(CancellationToken cancellationToken)
    {
        await _known.Task.WaitAsync(cancellationToken);
        return _current!;
    }

    /// <inheritdoc/>
    public async Task<AgentIdentity> RenewAsync(AgentIdentity identity, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _current is { } current && current != identity ? current : Take(await AskAnewAsync(identity, cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task TrustAsync(string trustBundlePem, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (directory.LoadRecord() is { } record && record.TrustBundlePem != trustBundlePem)
            {
                Take(directory.Save(record with { TrustBundlePem = trustBundlePem }));
                Log.TrustChanged(logger, record.ControllerId);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private AgentIdentity Take(AgentIdentity identity)
    {
        _current = identity;
        _known.TrySetResult();
        return identity;
    }

    private async Task<AgentIdentity> AskAnewAsync(AgentIdentity identity, CancellationToken cancellationToken)
    {
        var record = directory.LoadRecord() ?? throw new InvalidOperationException("only a host that has enrolled can renew");
        using var key = directory.LoadOrCreateKey(record.KeyNumber + 1);
        var (certificatePem, trustBundlePem) = await AskAnewAsync(identity, NewCertificateRequest(key), cancellationToken);
        var renewed = directory.Save(record with { CertificatePem = certificatePem, TrustBundlePem = trustBundlePem, KeyNumber = record.KeyNumber + 1 });
        Log.Renewed(logger, renewed.Certificate.NotAfter.ToUniversalTime());
        return renewed;
    }

    private async Task<(string CertificatePem, string TrustBundlePem)> AskAnewAsync(AgentIdentity identity, ByteString certificateRequest, CancellationToken cancellationToken)
    {
        await using var stream = await ControllerSocket.ConnectAsync(options.Controller, cancellationToken);
        using var channel = ControllerChannel.Over(options.Controller, ControllerTls.For(identity, SslApplicationProtocol.Http2, timeProvider), stream);
        var client = new EnrollmentService.EnrollmentServiceClient(channel);
        var callOptions = new CallOptions(deadline: timeProvider.GetUtcNow().UtcDateTime + EnrollDeadline, cancellationToken: cancellationToken);
        try
        {
            var renewed = await client.RenewAsync(new RenewRequest { CertificateRequest = certificateRequest }, callOptions);
            return (renewed.CertificatePem, renewed.TrustBundlePem);
        }
        catch (RpcException exception) when (RpcErrors.ReasonOf(exception) == ErrorReasons.CertificateExpired) // By the controller's clock, which decides.
        {
            var reattached = await client.ReattachAsync(new ReattachRequest { CertificateRequest = certificateRequest }, callOptions);
            return (reattached.CertificatePem, reattached.TrustBundlePem);
        }
    }

    private static ByteString NewCertificateRequest(ECDsa key) =>
        ByteString.CopyFrom(new CertificateRequest("CN=agent", key, HashAlgorithmName.SHA256).CreateSigningRequest());

    private async Task<AgentIdentity> EnrollAsync(CancellationToken cancellationToken)
    {
        if (!JoinToken.TryParse(options.JoinToken, out var token))
            throw new InvalidOperationException("this host has no identity and no valid join token: make one with \"agentctl token create\" and give it to the agent");
        var response = await AskAsync(token, NewRequest(token), cancellationToken);
        var identity = directory.Save(new IdentityRecord
        {
            HostId = response.HostId,
            Project = response.Project,
            ControllerId = response.ControllerId,
            CertificatePem = response.CertificatePem,
            TrustBundlePem = response.TrustBundlePem,
        });
        Log.Enrolled(logger, response.HostId, response.Project, response.ControllerId);
        return identity;
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
        var declaration = options.Declaration;
        return new EnrollRequest
        {
            Token = token.Secret,
            CertificateRequest = NewCertificateRequest(key),
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
