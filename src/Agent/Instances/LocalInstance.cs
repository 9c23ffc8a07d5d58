using Agents.Words;

namespace Agents.Agent.Instances;

/// <summary>One instance of this host as the services need it that talk to its engine: who it is, and where to reach it. A snapshot; ask again before acting.</summary>
/// <param name="InstanceId">The instance id.</param>
/// <param name="Kind">What it is; <see cref="InstanceKinds"/> has those that agents know something of.</param>
/// <param name="Member">Its name in its engine, as "demo-1"; empty where the container does not say.</param>
/// <param name="ContainerId">The engine's id of its container.</param>
/// <param name="ContainerName">The name of its container.</param>
/// <param name="InitPid">Process id of the container's first process on the host; 0 when it does not run.</param>
/// <param name="Ports">Published port by name; <see cref="PortNames"/> has those that agents dial.</param>
/// <param name="ClusterAddress">The host's address at which the ports are published for the cluster's members.</param>
/// <param name="ConfigHash">The hash of the configuration last written completely; empty when none was.</param>
internal sealed record LocalInstance(
    string InstanceId, string Kind, string Member, string ContainerId, string ContainerName, int InitPid,
    IReadOnlyDictionary<string, int> Ports, string ClusterAddress, string ConfigHash);
