using Agents.Agent.Instances;

namespace Agents.Agent.Tests.Engines;

/// <summary>Sends signals, and is not done before the test says so.</summary>
internal sealed class FakeReloader : IReloader
{
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a signal was sent.</summary>
    public Task Sent => _sent.Task;

    /// <summary>Says that all is done.</summary>
    public void End() => _done.TrySetResult();

    /// <inheritdoc/>
    public async Task SendAsync(InstanceSlot slot, LocalInstance instance, string signal, Func<Task> send, CancellationToken cancellationToken)
    {
        await send();
        _sent.TrySetResult();
        await _done.Task.WaitAsync(cancellationToken);
    }
}
