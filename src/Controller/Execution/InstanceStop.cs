using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution;

/// <summary>How an instance is stopped: first its agent is to keep it so, or it would start it again.</summary>
internal static class InstanceStop
{
    /// <summary>Stops it. Returns whether its container is there: what is gone runs no more, and what its agent has forgotten is stopped all the same. Throws what <see cref="IAgent"/> throws.</summary>
    public static async Task<bool> StopAsync(IAgent agent, Cluster cluster, Instance instance, CancellationToken cancellationToken)
    {
        var target = InstanceTarget.Of(cluster, instance);
        if (instance.Profile.HoldsData)
            await KeepStoppedAsync(agent, target, instance.Initialised, cancellationToken);
        return await IsThereAsync(agent.StopContainerAsync(target, instance.ContainerName, instance.Profile.StopTimeout, cancellationToken));
    }

    /// <summary>Stops one of which the store knows no more than its container, and removes that. Throws what <see cref="IAgent"/> throws.</summary>
    public static async Task RemoveAsync(IAgent agent, InstanceTarget target, string container, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await KeepStoppedAsync(agent, target, initialised: false, cancellationToken);
        if (await IsThereAsync(agent.StopContainerAsync(target, container, timeout, cancellationToken)))
            await IsThereAsync(agent.RemoveContainerAsync(target, container, cancellationToken));
    }

    private static Task KeepStoppedAsync(IAgent agent, InstanceTarget target, bool initialised, CancellationToken cancellationToken) =>
        IsThereAsync(agent.SetWantAsync(target, running: false, configHash: "", initialised, cancellationToken));

    private static async Task<bool> IsThereAsync(Task command)
    {
        try
        {
            await command;
            return true;
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.NotFound)
        {
            return false;
        }
    }
}
