using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Protocol.Link;
using Agents.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Agents.Controller.Links;

/// <summary>
/// The links of this controller. A host has one slot: a session takes it before its greeting and is to be seen after it. Whoever finds the slot taken goes by the rules for
/// duplicates: the same process replaces its older link at once, any other only when the older one does not answer.
/// </summary>
internal sealed class LinkRegistry(IControllerEpoch epoch, TimeProvider timeProvider, ILogger<LinkRegistry> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<HostId, LinkSession> _slots = [];
    private readonly Dictionary<HostId, LinkSession> _open = [];
    private readonly LinkWatchers _watchers = new();

    /// <summary>The session of a host; false when it has no link now.</summary>
    public bool TryGet(HostId hostId, [NotNullWhen(true)] out LinkSession? session)
    {
        lock (_lock)
            session = _open.GetValueOrDefault(hostId) is { Closed.IsCancellationRequested: false } open ? open : null;
        return session is not null;
    }

    /// <summary>The session of a host. Throws UNAVAILABLE with HOST_DISCONNECTED, at once, when it has no link now.</summary>
    public LinkSession Get(HostId hostId) => TryGet(hostId, out var session) ? session : throw LinkErrors.HostDisconnected(hostId);

    /// <summary>All sessions.</summary>
    public IReadOnlyList<LinkSession> List()
    {
        lock (_lock)
            return [.. _open.Values];
    }

    /// <summary>
    /// The sessions that there are, then every change in its order. Throws <see cref="InvalidOperationException"/> when the reader falls thousands of changes behind:
    /// watch again, the beginning is complete.
    /// </summary>
    public async IAsyncEnumerable<LinkChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        System.Threading.Channels.Channel<LinkChange> watcher;
        lock (_lock)
            watcher = _watchers.Add(_open.Values);
        try
        {
            await foreach (var change in watcher.Reader.ReadAllAsync(cancellationToken))
                yield return change;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(watcher);
        }
    }

    /// <summary>Ends the session of a host, if there is one; for revocation.</summary>
    public void Cut(HostId hostId, string reason)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue(hostId, out var session))
                return;
            Log.LinkCut(logger, hostId, session.SessionId, reason);
            session.Close();
        }
    }

    /// <summary>
    /// Whether an agent process may link, by the rules for duplicates. Pings the older agent where there is one of another process; throws DUPLICATE_AGENT when it answers.
    /// </summary>
    public async Task RequireNoDuplicateAsync(HostId hostId, string bootId, string processId, CancellationToken cancellationToken)
    {
        LinkSession? older;
        lock (_lock)
            older = _slots.GetValueOrDefault(hostId);
        if (older is null || (older.ProcessId == processId && older.BootId == bootId) || older.Closed.IsCancellationRequested)
            return;
        if (await AnswersAsync(older, LinkProtocol.DuplicatePing, cancellationToken))
            throw LinkErrors.Duplicate(hostId);
        if (older.BootId != bootId)
            Log.ClaimedByOtherBoot(logger, hostId, older.BootId, bootId);
        Log.LinkCut(logger, hostId, older.SessionId, "it does not answer, and another agent asks for its place");
        older.Close();
    }

    /// <summary>Ends a session whose agent neither answers nor says anything else for as long as an answer may take.</summary>
    public async Task RequireSignOfLifeAsync(LinkSession session)
    {
        var before = session.ReadCount;
        if (await AnswersAsync(session, LinkProtocol.PingTimeout, session.Closed) || session.ReadCount != before || session.Closed.IsCancellationRequested)
            return;
        Log.LinkCut(logger, session.HostId, session.SessionId, "nothing comes from its agent");
        session.Close();
    }

    /// <summary>Runs a link from its nonce to its end. Ends quietly: what went wrong is logged here, and the agent dials again.</summary>
    public async Task RunAsync(ConnectionContext connection, LinkTicket ticket)
    {
        using var session = new LinkSession(connection, ticket, timeProvider);
        using var aborted = connection.ConnectionClosed.UnsafeRegister(static state => ((LinkSession)state!).Close(), session);
        using var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            .UnsafeRegister(static state => ((LinkSession)state!).Close(), session);
        try
        {
            await RequireNoDuplicateAsync(ticket.HostId, ticket.BootId, ticket.ProcessId, session.Closed);
            TakeSlot(session);
            await GreetAsync(session);
            Open(session);
            await WaitForEndAsync(session);
        }
        catch (RpcException exception)
        {
            Log.LinkRefused(logger, ticket.HostId, session.SessionId, RpcErrors.ReasonOf(exception), exception.Status.Detail);
        }
        catch (OperationCanceledException) when (session.Closed.IsCancellationRequested)
        {
            // Gone before it was greeted.
        }
        finally
        {
            Release(session);
        }
    }

    private async Task<bool> AnswersAsync(LinkSession session, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await HelloAsync(session, limit, cancellationToken);
            return true;
        }
        catch (RpcException exception)
        {
            // Whoever refuses with a reason is there.
            return !cancellationToken.IsCancellationRequested && RpcErrors.ReasonOf(exception) is not ("" or ErrorReasons.HostDisconnected);
        }
    }

    private async Task GreetAsync(LinkSession session)
    {
        var hello = await HelloAsync(session, LinkProtocol.DefaultDeadline, session.Closed);
        session.Accept(hello, epoch.IsOurs, timeProvider.GetUtcNow());
        foreach (var ticket in session.Obeyed)
            epoch.Observe(ticket);
    }

    private async Task<HelloResponse> HelloAsync(LinkSession session, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var request = new HelloRequest
        {
            ControllerId = epoch.ControllerId,
            ProtocolMin = ProtocolVersion.Minimum,
            ProtocolMax = ProtocolVersion.Maximum,
            ControllerVersion = ControllerVersion.Text,
        };
        var options = new CallOptions(deadline: timeProvider.GetUtcNow().UtcDateTime + deadline, cancellationToken: cancellationToken);
        return await new HostService.HostServiceClient(session.Invoker).HelloAsync(request, options);
    }

    private void TakeSlot(LinkSession session)
    {
        lock (_lock)
        {
            if (_slots.TryGetValue(session.HostId, out var older))
            {
                Log.LinkReplaced(logger, session.HostId, older.SessionId, session.SessionId);
                older.Close();
                Shut(older);
            }

            _slots[session.HostId] = session;
        }
    }

    private void Open(LinkSession session)
    {
        lock (_lock)
        {
            if (_slots.GetValueOrDefault(session.HostId) != session || session.Closed.IsCancellationRequested)
                return;
            _open[session.HostId] = session;
            _watchers.Tell(new LinkChange(session, Up: true));
        }

        Log.LinkUp(logger, session.HostId, session.SessionId, session.AgentVersion, session.ProcessId, session.BootId);
    }

    private void Release(LinkSession session)
    {
        session.Close();
        lock (_lock)
        {
            Shut(session);
            if (_slots.GetValueOrDefault(session.HostId) == session)
                _slots.Remove(session.HostId);
        }
    }

    private void Shut(LinkSession session)
    {
        if (_open.GetValueOrDefault(session.HostId) != session)
            return;
        _open.Remove(session.HostId);
        _watchers.Tell(new LinkChange(session, Up: false));
        Log.LinkDown(logger, session.HostId, session.SessionId);
    }

    private static async Task WaitForEndAsync(LinkSession session)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = session.Closed.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), ended);
        await ended.Task;
    }
}
