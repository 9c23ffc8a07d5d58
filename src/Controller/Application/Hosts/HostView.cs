using System.Collections.Immutable;
using Agents.Domain.Health;

namespace Agents.Controller.Application.Hosts;

/// <summary>A host with what is observed of it now.</summary>
internal sealed record HostView
{
    /// <summary>The host as enrolled.</summary>
    public required Host Host { get; init; }

    /// <summary>The host as observed.</summary>
    public required HostObservation Observed { get; init; }

    /// <summary>What deserves a look.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>How many instances are placed on it.</summary>
    public required int InstanceCount { get; init; }

    /// <summary>When its certificate expires; null when that was not asked.</summary>
    public DateTimeOffset? CertificateNotAfter { get; init; }
}
