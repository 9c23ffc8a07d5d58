namespace Agents.Domain.Model;

/// <summary>A host as enrolled. Its state and its facts are observed, never stored here.</summary>
public sealed record Host
{
    /// <summary>Its id.</summary>
    public required HostId Id { get; init; }

    /// <summary>Its project.</summary>
    public required string Project { get; init; }

    /// <summary>Its name, unique in the project.</summary>
    public required string Name { get; init; }

    /// <summary>Its labels.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>The address that cluster peers use; fixed at enrolment.</summary>
    public required string ClusterAddress { get; init; }

    /// <summary>The address that applications use; fixed at enrolment.</summary>
    public required string ClientAddress { get; init; }

    /// <summary>The first port that may be published.</summary>
    public required int PortFirst { get; init; }

    /// <summary>The last port that may be published.</summary>
    public required int PortLast { get; init; }

    /// <summary>The range in CIDR form that cluster networks are cut from.</summary>
    public required string NetworkPool { get; init; }

    /// <summary>Whether nothing new is placed on it.</summary>
    public bool Cordoned { get; init; }

    /// <summary>Raised with every change by a user; the etag is made from it.</summary>
    public required long Generation { get; init; }

    /// <summary>When it joined.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }
}
