using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Execution;

/// <summary>The fence around a primary that has ended, for one operation. It has a deadline of its own: if everybody forgets it, the instance is started again all the same.</summary>
internal static class PrimaryFence
{
    /// <summary>How long it lasts.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Its id.</summary>
    public static string IdOf(Operation operation) => operation.Id.ToString();

    /// <summary>The primary that an operation is about; null where it is no more.</summary>
    public static Instance? PrimaryOf(StepContext context)
    {
        var id = FailoverArguments.Parse(context.Operation.Arguments).Primary;
        return context.Instances.FirstOrDefault(instance => instance.Id == id);
    }

    /// <summary>The life of its container that was seen to have ended.</summary>
    public static ContainerLife LifeOf(StepContext context) => FailoverArguments.Parse(context.Operation.Arguments).Life;

    /// <summary>Lets the old primary be started, however the operation ends. What is not heard makes no difference but in time. Returns what was heard, for people.</summary>
    public static async Task<string> ReleaseAsync(StepContext context, InstanceBuilder builder, CancellationToken cancellationToken)
    {
        if (PrimaryOf(context) is not { } primary)
            return "";
        try
        {
            await builder.AgentOf(primary.HostId).ReleaseAsync(InstanceTarget.Of(context.Cluster, primary), IdOf(context.Operation), cancellationToken);
            return $"{primary.Member} is started again";
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return $"{primary.Member} is started again when its fence has ended, after {Duration.TotalSeconds:0} s";
        }
    }
}
