using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Agents.Controller.Links;

/// <summary>
/// A connection of the agents' port until it has shown a good certificate: it has its place among the strangers, ends at its time, and has few calls at once. Carried by the
/// connection, and with it by every request.
/// </summary>
internal sealed class StrangerConnection : IDisposable
{
    private readonly Strangers _strangers;
    private readonly IPAddress _address;
    private readonly int _callsMax;
    private readonly CancellationTokenSource _life;
    private readonly CancellationTokenRegistration _end;
    private int _calls;
    private int _known;

    /// <summary>A connection that was counted.</summary>
    public StrangerConnection(ConnectionContext connection, IPAddress address, Strangers strangers, AgentPortLimits limits, TimeProvider timeProvider)
    {
        _strangers = strangers;
        _address = address;
        _callsMax = limits.StrangerCallsMax;
        _life = new CancellationTokenSource(limits.StrangerLife, timeProvider);
        _end = _life.Token.UnsafeRegister(static state => ((ConnectionContext)state!).Abort(new ConnectionAbortedException("no certificate, and its time is over")), connection);
    }

    /// <summary>Whether no good certificate was shown yet.</summary>
    private bool IsStranger => Volatile.Read(ref _known) == 0;

    /// <summary>A good certificate was shown: no limit counts any more. Twice is once.</summary>
    public void Know()
    {
        if (Interlocked.Exchange(ref _known, 1) != 0)
            return;
        _end.Unregister();
        _strangers.Leave(_address);
    }

    /// <summary>Begins a call; false when there are as many as there may be.</summary>
    public bool TryBeginCall() => Interlocked.Increment(ref _calls) <= _callsMax || !IsStranger;

    /// <summary>Ends a call, whether it could begin or not.</summary>
    public void EndCall() => Interlocked.Decrement(ref _calls);

    /// <inheritdoc/>
    public void Dispose()
    {
        Know();
        _life.Dispose();
    }
}
