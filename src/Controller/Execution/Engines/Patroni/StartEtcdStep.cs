using System.Collections.Concurrent;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// Makes the cluster's networks and its etcd members, and starts the members. They come first and are not waited for: they settle on a leader while the containers of the
/// nodes are made. A member that founds the cluster asks the others, in the order of their URLs, whether it has been there before, and waits a second for each that listens but does
/// not serve yet, or whose port is mapped to a container that does not run yet. So the one that is asked first is started first, and the others only when it has asked: nobody listens
/// while it does, and it serves when it is asked.
/// </summary>
internal sealed class StartEtcdStep(InstanceBuilder builder) : IOperationStep
{
    /// <summary>How long a member takes to ask the others when they are not there, twice over. Too short, and it costs a second or two.</summary>
    private static readonly TimeSpan _toAsk = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan _toMakeAgain = TimeSpan.FromSeconds(1);

    /// <summary>The operations for which this process has made all and started the first member. Another process makes what it finds made.</summary>
    private readonly ConcurrentDictionary<OperationId, bool> _isMade = [];

    /// <inheritdoc/>
    public string Name => PatroniSteps.StartEtcd;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        var members = blueprints.Where(blueprint => context.IsPresent(blueprint.Instance) && blueprint.Instance.Kind == InstanceKind.Etcd)
            .OrderBy(blueprint => EtcdPeers.UrlOf(blueprint.Instance), StringComparer.Ordinal).ToList();
        if (!_isMade.ContainsKey(context.Operation.Id))
        {
            await Task.WhenAll(context.Present.DistinctBy(instance => instance.HostId).Select(MakeAsync));
            if (members.Count > 1 && context.Cluster.Lifecycle == ClusterLifecycle.Creating) // Who has data asks nobody.
            {
                _isMade[context.Operation.Id] = true;
                return new StepOutcome.Again("the first member has started", _toAsk);
            }
        }

        try
        {
            await Task.WhenAll(members.Select(member => builder.StartAsync(context.Cluster, member, cancellationToken)));
            return new StepOutcome.Done($"{members.Count} members started");
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.NotFound)
        {
            return new StepOutcome.Again($"made again: {exception.Message}", _toMakeAgain, exception.Reason); // Somebody has removed it since.
        }
        finally
        {
            _isMade.TryRemove(context.Operation.Id, out _);
        }

        // One host waits for no other.
        async Task MakeAsync(Instance onHost)
        {
            await builder.EnsureNetworkAsync(context.Cluster, onHost, cancellationToken);
            var own = members.Where(member => member.Instance.HostId == onHost.HostId).ToList();
            await builder.EnsureAsync(context.Cluster, own, cancellationToken);
            if (own.Contains(members[0]))
                await builder.StartAsync(context.Cluster, members[0], cancellationToken);
        }
    }
}
