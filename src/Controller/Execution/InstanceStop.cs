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
            await IsThereAsync(agent.SetWantAsync(target, running: false, configHash: "", instance.Initialised, cancellationToken));
        return await IsThereAsync(agent.StopContainerAsync(target, instance.ContainerName, instance.Profile.StopTimeout, cancellationToken));
    }

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
