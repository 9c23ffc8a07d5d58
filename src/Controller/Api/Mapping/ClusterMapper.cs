using System.Globalization;
using Agents.Controller.Application;
using Agents.Controller.Application.Clusters;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Api.Mapping;

/// <summary>Clusters and what is observed of them, for the contract.</summary>
internal static class ClusterMapper
{
    /// <summary>A cluster.</summary>
    public static V1.PostgresCluster ToProto(ClusterView view)
    {
        var cluster = view.Cluster;
        return new V1.PostgresCluster
        {
            Id = cluster.Id.ToString(),
            Project = cluster.Project,
            Name = cluster.Name,
            Labels = { cluster.Labels.Values.ToDictionary() },
            Generation = cluster.Generation,
            Etag = Etag.Of(cluster.Generation),
            Spec = SpecMapper.ToProto(cluster.Spec),
            Status = StatusOf(cluster, view.Status),
            CreatedAt = cluster.CreatedAt.ToTimestamp(),
            DeletedAt = cluster.DeletedAt?.ToTimestamp(),
            Trash = view.Trash is { } trash ? TrashOf(trash) : null,
            Power = cluster.IsStopped ? "stopped" : "running",
        };
    }

    /// <summary>Credentials.</summary>
    public static V1.GetPostgresClusterCredentialsResponse ToProto(ClusterCredentials credentials) => new()
    {
        Role = credentials.Role,
        Password = credentials.Password,
        Version = credentials.Version,
        Database = credentials.Database,
        ConnectionString = credentials.ConnectionString,
        CaPem = credentials.CaPem,
    };

    private static V1.PostgresClusterStatus StatusOf(Cluster cluster, ClusterStatus status) => new()
    {
        Phase = status.Phase,
        Conditions = { status.Conditions.Select(ConditionOf) },
        ObservedGeneration = cluster.Generation, // The status is built from the spec of this very generation.
        Effective = SpecMapper.ToProto(cluster.Effective),
        Nodes = { status.Nodes.Select(NodeOf) },
        Instances = { status.Instances.Select(InstanceOf) },
        Endpoints = { status.Endpoints.Select(endpoint => new V1.Endpoint { Role = endpoint.Role, Address = endpoint.Address, Port = endpoint.Port }) },
        ConnectionString = status.ConnectionString,
        Revision = cluster.Revision,
        ImageSet = cluster.ImageSet,
        ObservedAt = status.ObservedAt?.ToTimestamp(),
        Held = { status.Held.Select(HeldOf) },
    };

    private static V1.Trash TrashOf(TrashView trash) => new()
    {
        PurgeAt = trash.PurgeAt.ToTimestamp(),
        Gone = trash.Gone,
        Volumes =
        {
            trash.Volumes.Select(volume => new V1.TrashVolume
            {
                Host = volume.Host,
                Volume = volume.Name,
                Name = volume.Node.Member,
                Role = (volume.Position?.Role ?? Trash.NodeRole.Unknown) switch
                {
                    Trash.NodeRole.Unknown => "unknown",
                    Trash.NodeRole.Primary => "primary",
                    Trash.NodeRole.Replica => "replica",
                },
                Timeline = volume.Position?.Timeline ?? 0,
                Lsn = volume.Position?.Lsn ?? "",
                Trouble = volume.Trouble,
            }),
        },
    };

    private static V1.Condition ConditionOf(Condition condition) => new()
    {
        Type = condition.Type,
        Status = condition.Status switch
        {
            true => "True",
            false => "False",
            null => "Unknown",
        },
        Reason = condition.Reason,
        Message = condition.Message,
    };

    private static V1.HeldBack HeldOf(HeldBack held) =>
        new() { Instance = held.Hold.Member, Reason = held.Hold.Reason, Message = held.Hold.Message, Since = held.Since.ToTimestamp() };

    private static V1.NodeStatus NodeOf(NodeStatus node)
    {
        var proto = new V1.NodeStatus
        {
            InstanceId = node.Instance.Id.ToString(),
            Name = node.Instance.Member,
            Host = node.Host,
            Role = node.Role,
            State = node.State,
            Lag = node.Lag?.ToDuration(),
            Timeline = node.Timeline,
            Address = AddressOf(node.Instance),
            SyncState = node.SyncState,
        };
        if (node.LagBytes is { } lag)
            proto.LagBytes = lag;
        return proto;
    }

    private static V1.InstanceStatus InstanceOf(InstanceStatus instance) => new()
    {
        InstanceId = instance.Instance.Id.ToString(),
        Kind = instance.Instance.Profile.Word,
        Name = instance.Instance.Member,
        Host = instance.Host,
        State = instance.State,
        Address = AddressOf(instance.Instance),
    };

    private static string AddressOf(Instance instance)
    {
        var port = instance.Profile.Ports[0].Name;
        var address = instance.AddressOf(port);
        var bracketed = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        return instance.Ports.TryGetValue(port, out var number) ? string.Create(CultureInfo.InvariantCulture, $"{bracketed}:{number}") : bracketed;
    }
}
