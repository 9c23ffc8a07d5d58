using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Has nobody read on a node that is about to be stopped, restarted or promoted: who comes goes elsewhere, and who is there may end what he does. What could not be done is left to the loop.</summary>
internal sealed class ReadDrain(InstanceBuilder builder, Reconfiguration reconfiguration)
{
    private const string Streaming = "streaming";

    /// <summary>How long sessions are waited for: some rest for ever.</summary>
    public static TimeSpan WaitMax { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Has the proxies send no reads to these nodes. Returns the names of those on which somebody reads yet, and of the proxies that could not be told. Doing it again changes nothing.</summary>
    public async Task<(IReadOnlyList<string> Busy, IReadOnlyList<string> Untold)> BeginAsync(StepContext context, IReadOnlyCollection<Instance> nodes, Instance primary, CancellationToken cancellationToken)
    {
        var untold = await reconfiguration.ConfigureProxiesAsync(context.Cluster, context.Instances, nodes, cancellationToken);
        var others = context.Instances.Where(other => other.Profile.IsNode && nodes.All(node => node.Id != other.Id)).ToList();
        if (others is [var alone] && alone.Id == primary.Id)
            await reconfiguration.OpenReadsAsync(context.Cluster, context.Instances, [primary.Member], cancellationToken); // It did not serve them until now.
        var busy = await Task.WhenAll(nodes.Select(async node => await IsReadAsync(node, cancellationToken) ? node.Member : ""));
        return ([.. busy.Where(name => name.Length > 0)], untold);
    }

    /// <summary>Has the proxies send no more reads to a node that has come to lead, and lets those that it serves end: it is not named to them for a moment, and then again, as one of which they find that it is no replica.</summary>
    public async Task LeaveAsync(StepContext context, Instance primary, CancellationToken cancellationToken)
    {
        await reconfiguration.ConfigureProxiesAsync(context.Cluster, context.Instances, [primary], cancellationToken);
        await EndAsync(context, seen: null, cancellationToken);
    }

    /// <summary>Has the proxies send reads to all replicas again, and waits until they do to those that are seen to stream. A proxy that cannot be told is left to the loop.</summary>
    public async Task EndAsync(StepContext context, ClusterObservation? seen, CancellationToken cancellationToken)
    {
        if (await reconfiguration.ConfigureProxiesAsync(context.Cluster, context.Instances, [], cancellationToken) is { Count: > 0 })
            await builder.NoteStaleAsync(context.Cluster.Id, cancellationToken);
        if (seen is null)
            return;
        var replicas = context.Instances.Where(node => node.Profile.IsNode && seen.Members.Any(member => member.Name == node.Member && member is { IsPrimary: false, State: Streaming })).Select(node => node.Member).ToList();
        await reconfiguration.OpenReadsAsync(context.Cluster, context.Instances, replicas, cancellationToken);
    }

    /// <summary>Whether a user's session is on a node. Of one that cannot be asked there is nothing to wait for.</summary>
    private async Task<bool> IsReadAsync(Instance node, CancellationToken cancellationToken)
    {
        try
        {
            return await builder.AgentOf(node.HostId).AnyRowAsync(node.Id, "postgres", SessionsSql.AnyOfUsers, cancellationToken);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return false;
        }
    }
}
