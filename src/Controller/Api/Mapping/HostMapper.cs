using Agents.Controller.Application;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Api.Mapping;

/// <summary>Hosts and what is observed of them, for the contract.</summary>
internal static class HostMapper
{
    /// <summary>A host.</summary>
    public static V1.Host ToProto(HostView view)
    {
        var host = view.Host;
        var observed = view.Observed;
        return new V1.Host
        {
            Id = host.Id.ToString(),
            Project = host.Project,
            Name = host.Name,
            Labels = { host.Labels.Values.ToDictionary() },
            Generation = host.Generation,
            Etag = Etag.Of(host.Generation),
            Cordoned = host.Cordoned,
            State = ToProto(observed.State),
            StateReason = observed.StateReason,
            Facts = observed.Facts is { } facts ? FactsOf(host, facts) : null,
            Warnings = { view.Warnings },
            AgentVersion = observed.AgentVersion,
            EnrolledAt = host.EnrolledAt.ToTimestamp(),
            LastSeenAt = observed.LastSeenAt?.ToTimestamp(),
            CertificateNotAfter = view.CertificateNotAfter?.ToTimestamp(),
            InstanceCount = view.InstanceCount,
            Instances = { view.Instances.Select(InstanceOf) },
            Orphans = { view.Orphans.Select(OrphanOf) },
            Leftovers = { view.Leftovers.Select(LeftoverOf) },
            RevokedAt = view.RevokedAt?.ToTimestamp(),
        };
    }

    private static V1.HostInstance InstanceOf((string Resource, Instance Instance, string State) placed) => new()
    {
        InstanceId = placed.Instance.Id.ToString(),
        Resource = placed.Resource,
        Kind = placed.Instance.Profile.Word,
        Name = placed.Instance.Member,
        State = placed.State,
    };

    private static V1.HostOrphan OrphanOf(Orphan orphan) =>
        new() { Kind = orphan.Kind.ToString().ToLowerInvariant(), Name = orphan.Name, ResourceId = orphan.Owner.Id.ToString("D"), HoldsData = orphan.HoldsData };

    private static V1.HostLeftover LeftoverOf((Leftover Leftover, string Trouble) left) => new()
    {
        Kind = left.Leftover.Kind switch
        {
            LeftoverKind.Instance => "container",
            LeftoverKind.Volume => "volume",
            LeftoverKind.Network => "network",
        },
        Name = left.Leftover.Name,
        ResourceId = left.Leftover.Owner.Id.ToString("D"),
        NotBefore = left.Leftover.NotBefore.ToTimestamp(),
        Trouble = left.Trouble,
    };

    private static V1.HostFacts FactsOf(Host host, HostFacts facts) => new()
    {
        Hostname = facts.Hostname,
        OperatingSystem = facts.OperatingSystem,
        KernelVersion = facts.KernelVersion,
        Architecture = facts.Architecture,
        Cpus = facts.Cpus,
        MemoryBytes = facts.MemoryBytes,
        MemoryAvailableBytes = facts.MemoryAvailableBytes,
        Docker = new V1.DockerFacts
        {
            Reachable = facts.DockerReachable,
            Error = facts.DockerError,
            Version = facts.DockerVersion,
            ApiVersion = facts.DockerApiVersion,
            StorageDriver = facts.StorageDriver,
            CgroupVersion = facts.CgroupVersion,
            LiveRestore = facts.LiveRestore,
        },
        DiskBytes = facts.DiskBytes,
        DiskFreeBytes = facts.DiskFreeBytes,
        Clock = facts.Clock.ToTimestamp(),
        ClusterAddress = host.ClusterAddress,
        ClientAddress = host.ClientAddress,
        PortFirst = host.PortFirst,
        PortLast = host.PortLast,
        NetworkPool = host.NetworkPool,
    };

    private static V1.HostState ToProto(HostState state) => state switch
    {
        HostState.Ready => V1.HostState.Ready,
        HostState.Suspect => V1.HostState.Suspect,
        HostState.Disconnected => V1.HostState.Disconnected,
    };
}
