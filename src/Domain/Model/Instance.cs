using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Kinds;

namespace Agents.Domain.Model;

/// <summary>
/// One instance of a resource: what must be on which host, and how. Where it is is fixed once the plan is frozen; an operation alone changes its power, revision and image.
/// </summary>
public sealed record Instance
{
    /// <summary>Its id.</summary>
    public required InstanceId Id { get; init; }

    /// <summary>The resource that it belongs to.</summary>
    public required ResourceRef Owner { get; init; }

    /// <summary>Its host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>What it is.</summary>
    public required InstanceKind Kind { get; init; }

    /// <summary>Its ordinal in the resource, never used twice.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Its name in its engine, as "demo-1" or "demo-etcd-4".</summary>
    public required string Member { get; init; }

    /// <summary>The address that its peers use.</summary>
    public required string ClusterAddress { get; init; }

    /// <summary>The address that applications use.</summary>
    public required string ClientAddress { get; init; }

    /// <summary>Its published ports by name.</summary>
    public required ImmutableSortedDictionary<string, int> Ports { get; init; }

    /// <summary>The subnet of the resource's network on its host, in CIDR form.</summary>
    public required string Subnet { get; init; }

    /// <summary>Raised with every command that supersedes earlier ones.</summary>
    public required long Generation { get; init; }

    /// <summary>Whether it has data of its own: from then on it is never made anew over a missing volume.</summary>
    public bool Initialised { get; init; }

    /// <summary>Whether it is meant to run.</summary>
    public InstancePower Power { get; init; } = InstancePower.Running;

    /// <summary>The revision of the templates that it is made from.</summary>
    public required string Revision { get; init; }

    /// <summary>The label of the image that it is made from, as "postgres:17-1".</summary>
    public required string ImageLabel { get; init; }

    /// <summary>The hash of the configuration that was last written to its host; empty before the first.</summary>
    public string ConfigHash { get; init; } = "";

    /// <summary>Why it was placed where it is.</summary>
    public required string PlacementReason { get; init; }

    /// <summary>What follows from its kind.</summary>
    public KindProfile Profile => KindProfile.Of(Kind);

    /// <summary>The name of its container: the member, for people, and the beginning of the id, so that it is nobody else's.</summary>
    public string ContainerName => string.Create(CultureInfo.InvariantCulture, $"{Member}-{Id.Value.ToString("N", CultureInfo.InvariantCulture).AsSpan(0, 8)}");

    /// <summary>The name of its data volume.</summary>
    public string DataVolume => $"{ContainerName}-data";

    /// <summary>The name of its configuration volume.</summary>
    public string ConfigVolume => $"{ContainerName}-config";

    /// <summary>The address at which one of its ports is reached, and published.</summary>
    public string AddressOf(string port) => Profile.AudienceOf(port) switch
    {
        KindProfile.Audience.Peers => ClusterAddress,
        KindProfile.Audience.Applications => ClientAddress,
    };

    /// <summary>The node that makes a new cluster's data: the first of its nodes, and no other. Null where there is no node.</summary>
    public static Instance? FounderOf(IEnumerable<Instance> instances) => instances.Where(instance => instance.Profile.IsNode).MinBy(instance => instance.Ordinal);
}
