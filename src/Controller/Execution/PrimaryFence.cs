using Agents.Domain.Model;

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

    /// <summary>Lets the old primary be started, and ends the operation for a reason. Whether it was heard makes no difference but in time.</summary>
    public static async Task<StepOutcome> GiveUpAsync(StepContext context, InstanceBuilder builder, string reason, string message, CancellationToken cancellationToken)
    {
        try
        {
            if (PrimaryOf(context) is { } primary)
                await ReleaseAsync(context, primary, builder, cancellationToken);
            return new StepOutcome.Failed(reason, $"{message}: the old primary is started again");
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return new StepOutcome.Failed(reason, $"{message}: its agent starts the old primary again, after {Duration.TotalSeconds:0} s at the latest");
        }
    }

    /// <summary>Lets the old primary be started.</summary>
    public static Task ReleaseAsync(StepContext context, Instance primary, InstanceBuilder builder, CancellationToken cancellationToken) =>
        builder.AgentOf(primary.HostId).ReleaseAsync(InstanceTarget.Of(context.Cluster, primary), IdOf(context.Operation), cancellationToken);
}
