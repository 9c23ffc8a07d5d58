using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// One host's agent as execution needs it. Every mutation may be made twice. All calls throw <see cref="AgentUnavailableException"/> when the host cannot be reached or does not
/// answer in time: whether anything was done is not known then; and <see cref="AgentRefusedException"/> when the agent said no: nothing was done.
/// </summary>
internal interface IAgent
{
    /// <summary>Binds ports until the result is disposed, so that other hosts can dial them.</summary>
    Task<IHeldPorts> HoldPortsAsync(IReadOnlyList<PortTarget> ports, string token, CancellationToken cancellationToken);

    /// <summary>Dials ports that other hosts hold.</summary>
    Task<IReadOnlyList<PortCheck>> DialAsync(IReadOnlyList<PortTarget> targets, string token, CancellationToken cancellationToken);

    /// <summary>Whether the host has an image with the expected label.</summary>
    Task<bool> HasImageAsync(ImageSetImage image, CancellationToken cancellationToken);

    /// <summary>Brings an image to the host.</summary>
    Task EnsureImageAsync(ImageSetImage image, CancellationToken cancellationToken);

    /// <summary>Creates a network.</summary>
    Task CreateNetworkAsync(InstanceTarget target, string name, string subnet, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>Removes a network.</summary>
    Task RemoveNetworkAsync(InstanceTarget target, string name, CancellationToken cancellationToken);

    /// <summary>Creates a volume.</summary>
    Task CreateVolumeAsync(InstanceTarget target, string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>Removes a volume; data of an instance goes with it only when <paramref name="destroyData"/> says so.</summary>
    Task RemoveVolumeAsync(InstanceTarget target, string name, bool destroyData, CancellationToken cancellationToken);

    /// <summary>Creates a container and does not start it.</summary>
    Task CreateContainerAsync(InstanceTarget target, ContainerBlueprint container, CancellationToken cancellationToken);

    /// <summary>Whether a container runs now, and in the network that it was made for: the Docker Engine is asked anew. False where there is none.</summary>
    Task<bool> IsReachedAsync(string container, CancellationToken cancellationToken);

    /// <summary>Writes an instance's configuration completely.</summary>
    Task WriteConfigAsync(InstanceTarget target, string container, IReadOnlyList<ConfigFile> files, string configHash, CancellationToken cancellationToken);

    /// <summary>Starts a container that Docker keeps running.</summary>
    Task StartContainerAsync(InstanceTarget target, string container, CancellationToken cancellationToken);

    /// <summary>Sends a signal to the first process of a container that runs.</summary>
    Task SignalContainerAsync(InstanceTarget target, string container, string signal, CancellationToken cancellationToken);

    /// <summary>Stops a container.</summary>
    Task StopContainerAsync(InstanceTarget target, string container, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Removes a container that does not run.</summary>
    Task RemoveContainerAsync(InstanceTarget target, string container, CancellationToken cancellationToken);

    /// <summary>Says whether the agent keeps an instance running. Stopping ends when the container has ended.</summary>
    Task SetWantAsync(InstanceTarget target, bool running, string configHash, bool initialised, CancellationToken cancellationToken);

    /// <summary>Has an instance run that has data, and starts it once though that is not in its volume any more: it gets it from others.</summary>
    Task RebuildAsync(InstanceTarget target, string configHash, CancellationToken cancellationToken);

    /// <summary>Whether an instance has ended, as its agent can prove it: looked at anew.</summary>
    Task<ExitReport> GetExitAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>
    /// Makes sure that an instance is not started before a release or a deadline; refused unless it is down since the end of that life. The same fence again changes nothing, and one
    /// that has ended never begins again.
    /// </summary>
    Task FenceAsync(InstanceTarget target, string fenceId, ContainerLife life, TimeSpan duration, string reason, CancellationToken cancellationToken);

    /// <summary>Ends a fence: the instance is started again, if it is to run. One that is not fenced is a success.</summary>
    Task ReleaseAsync(InstanceTarget target, string fenceId, CancellationToken cancellationToken);

    /// <summary>Says for how long an instance may give no answer while it leads before its agent ends it; zero for ever.</summary>
    Task SetHangTimeoutAsync(InstanceTarget target, TimeSpan hangTimeout, CancellationToken cancellationToken);

    /// <summary>Tells a proxy how servers behind it are, sooner than it would find out itself.</summary>
    Task SetProxyServersAsync(InstanceTarget target, IReadOnlyList<ProxyServer> servers, CancellationToken cancellationToken);

    /// <summary>Has the agent forget an instance whose container and volumes are gone.</summary>
    Task ForgetAsync(InstanceTarget target, CancellationToken cancellationToken);

    /// <summary>The instances on the host that hold data, or may: also while its Docker Engine does not answer.</summary>
    Task<IReadOnlySet<InstanceId>> ListInitialisedAsync(CancellationToken cancellationToken);

    /// <summary>What a node's replication looks like from its primary.</summary>
    Task<SenderReport> GetReplicationAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>Where a node's server stands in the write-ahead log.</summary>
    Task<WalPosition> GetPositionAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>Whether a query returns at least one row.</summary>
    Task<bool> AnyRowAsync(InstanceId instance, string database, string sql, CancellationToken cancellationToken);

    /// <summary>Executes statements; may hold secrets, never logged.</summary>
    Task ExecuteAsync(InstanceTarget target, string database, string sql, bool withoutTransaction, CancellationToken cancellationToken);
}
