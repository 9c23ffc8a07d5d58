using Agents.Agent.Hosts;
using Agents.V1;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Agent.Services;

/// <summary>From the host's state and events to the contract's messages.</summary>
internal static class HostMapping
{
    // What people put on one host by mistake is not to fill the controller's memory.
    private const int ContainersMax = 2000;
    private const int VolumesMax = 2000;
    private const int NetworksMax = 500;

    /// <summary>A snapshot.</summary>
    public static WatchEventsResponse ToContract(this HostContents state)
    {
        var snapshot = new HostSnapshot
        {
            DockerReachable = state.DockerReachable,
            Truncated = state.Containers.Count > ContainersMax || state.Volumes.Count > VolumesMax || state.Networks.Count > NetworksMax,
        };
        snapshot.Containers.Add(state.Containers.Take(ContainersMax).Select(container => container.ToContract()));
        snapshot.Instances.Add(state.Instances.Select(instance => instance.ToContract()));
        snapshot.Volumes.Add(state.Volumes.Take(VolumesMax).Select(volume => volume.ToContract()));
        snapshot.Networks.Add(state.Networks.Take(NetworksMax).Select(network => network.ToContract()));
        return new WatchEventsResponse { Snapshot = snapshot };
    }

    /// <summary>An event; null for one that only a snapshot can tell.</summary>
    public static WatchEventsResponse? ToContract(this HostEvent occurred)
    {
        if (occurred.Instance is { } instance)
            return new WatchEventsResponse { Instance = instance.ToContract() };
        if (occurred.Engine is { } engine)
            return new WatchEventsResponse
            {
                Docker = new DockerReachability { Reachable = engine.IsReachable, Error = engine.Error, Since = Timestamp.FromDateTimeOffset(engine.Since) },
            };
        return occurred.Container is not { } change ? null : new WatchEventsResponse
        {
            Container = new ContainerEvent
            {
                Action = change.Action,
                Container = change.Removed ? change.Container.ToRemovedContract() : change.Container.ToContract(),
                Time = Timestamp.FromDateTimeOffset(change.Time),
                Removed = change.Removed,
            },
        };
    }

    /// <summary>A sign of life.</summary>
    public static WatchEventsResponse Heartbeat(DateTimeOffset clock) => new() { Heartbeat = new Heartbeat { Clock = Timestamp.FromDateTimeOffset(clock) } };

    /// <summary>Whether a port could be bound or reached.</summary>
    public static PortResult ToContract(this PortCheck check) =>
        new() { Address = check.Address, Port = check.Port, Ok = check.Error.Length == 0, Error = check.Error };
}
