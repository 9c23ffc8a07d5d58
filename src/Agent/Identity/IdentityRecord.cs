namespace Agents.Agent.Identity;

/// <summary>What enrolment gave, as it is on disk. Not secret: keys have files of their own.</summary>
internal sealed record IdentityRecord
{
    /// <summary>The host's id.</summary>
    public required string HostId { get; init; }

    /// <summary>The project that the host belongs to.</summary>
    public required string Project { get; init; }

    /// <summary>The store id of the controller.</summary>
    public required string ControllerId { get; init; }

    /// <summary>The certificate chain, PEM.</summary>
    public required string CertificatePem { get; init; }

    /// <summary>The authorities to trust, PEM.</summary>
    public required string TrustBundlePem { get; init; }

    /// <summary>Which of the host's keys it is of: 1 is that of enrolment, each renewal has the next.</summary>
    public int KeyNumber { get; init; } = 1;
}
