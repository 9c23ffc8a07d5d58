using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Has the primary's Patroni look at once. By itself it looks every few seconds (loop_wait), and a new cluster waits for just that several times: for the slots that its
/// replicas stream from, and for the confirmations of commits. It decides nothing else than it would have decided then.
/// </summary>
internal sealed class PatroniWaker(InstanceBuilder builder)
{
    /// <summary>Wakes it. A hint: whether it was heard makes no difference but in time.</summary>
    public async Task WakeAsync(Instance leader, CancellationToken cancellationToken)
    {
        try
        {
            await builder.AgentOf(leader.HostId).WakePatroniAsync(InstanceTarget.Of(leader), cancellationToken);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            // Its next turn comes without us.
        }
    }
}
