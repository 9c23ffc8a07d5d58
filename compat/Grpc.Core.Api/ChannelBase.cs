namespace Grpc.Core;

/// <summary>A connection, or several, to one target. Safe for concurrent use.</summary>
public abstract class ChannelBase
{
    /// <summary>Makes a channel for a target.</summary>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The address that the channel was made for.</summary>
    public string Target { get; }

    /// <summary>Makes an invoker whose calls go over the channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel; it takes no calls afterwards.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>What a channel with anything to end does in <see cref="ShutdownAsync"/>.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
