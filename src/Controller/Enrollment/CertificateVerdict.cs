using System.Diagnostics.CodeAnalysis;
using Agents.Controller.Stores;
using Grpc.Core;

namespace Agents.Controller.Enrollment;

/// <summary>What was found out about a client certificate: whose it is, or why it is refused.</summary>
/// <param name="Identity">The host's credential; null when it is refused.</param>
/// <param name="Refusal">The error that says why; null when it is not refused.</param>
internal sealed record CertificateVerdict(HostIdentity? Identity, RpcException? Refusal)
{
    /// <summary>Whether it is refused.</summary>
    [MemberNotNullWhen(true, nameof(Refusal))]
    [MemberNotNullWhen(false, nameof(Identity))]
    public bool IsRefused => Refusal is not null;
}
