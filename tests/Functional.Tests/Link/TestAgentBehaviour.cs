namespace Agents.Functional.Tests.Link;

/// <summary>What tests change in an agent.</summary>
internal sealed class TestAgentBehaviour
{
    private long _written;
    private volatile TaskCompletionSource? _hang;

    /// <summary>The protocol version that the agent says in its greeting.</summary>
    public int ProtocolMin { get; set; } = Protocol.ProtocolVersion.Minimum;

    /// <summary>The highest epoch that it says it has obeyed.</summary>
    public long HighestEpoch { get; set; } = 41;

    /// <summary>Completes when the slow call has arrived.</summary>
    public TaskCompletionSource SlowCallStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Bytes of events that went into the stream.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Counts bytes of events.</summary>
    public void CountWritten(int bytes) => Interlocked.Add(ref _written, bytes);

    /// <summary>From now on greetings are not answered.</summary>
    public void HangHello() => _hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where greetings wait.</summary>
    public Task BeforeHelloAsync(CancellationToken cancellationToken) => _hang?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
}
