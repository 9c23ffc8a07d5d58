using System.Collections.Frozen;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Protocol.Calls;
using Agents.Protocol.Link;
using Agents.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Connections;
using Ticket = Agents.Domain.Model.Ticket;

namespace Agents.Controller.Links;

/// <summary>
/// One handler and one channel over one connection. Ends with the connection, or when it is closed here; both cancel <see cref="Closed"/> once and free everything.
/// </summary>
internal sealed class LinkSession : ILinkSession, IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly GrpcChannel _channel;
    private HelloResponse _hello = new();

    /// <summary>A session over the transport of a connection whose nonce was read.</summary>
    public LinkSession(ConnectionContext connection, LinkTicket ticket, TimeProvider timeProvider)
    {
        HostId = ticket.HostId;
        BootId = ticket.BootId;
        ProcessId = ticket.ProcessId;
        Closed = _closed.Token;
        var stream = new LinkStream(connection.Transport, Close);
        _channel = LinkChannel.Create(stream, $"host-{ticket.HostId}");
        Invoker = _channel.CreateCallInvoker()
            .Intercept(new SessionInterceptor(HostId, Closed), new DefaultDeadlineInterceptor(LinkProtocol.DefaultDeadline, timeProvider), new RequestIdInterceptor());
    }

    /// <inheritdoc/>
    public HostId HostId { get; }

    /// <inheritdoc/>
    public Guid SessionId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public string BootId { get; }

    /// <inheritdoc/>
    public string ProcessId { get; }

    /// <inheritdoc/>
    public string AgentVersion => _hello.AgentVersion;

    /// <inheritdoc/>
    public IReadOnlySet<string> Capabilities { get; private set; } = FrozenSet<string>.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<Ticket> Obeyed { get; private set; } = [];

    /// <inheritdoc/>
    public int UnprovedCount { get; private set; }

    /// <inheritdoc/>
    public CallInvoker Invoker { get; }

    /// <inheritdoc/>
    public DateTimeOffset OpenedAt { get; private set; }

    /// <inheritdoc/>
    public CancellationToken Closed { get; }

    /// <inheritdoc/>
    public void RequireCapability(string capability)
    {
        if (!Capabilities.Contains(capability))
            throw LinkErrors.CapabilityMissing(HostId, capability);
    }

    /// <summary>Takes what the agent said in its greeting. Throws when it does not belong to the permission to link, or speaks no version that we do.</summary>
    public void Accept(HelloResponse hello, Func<Ticket, ReadOnlySpan<byte>, bool> isOurs, DateTimeOffset now)
    {
        if (!ProtocolVersion.Meets(hello.ProtocolMin, hello.ProtocolMax))
            throw LinkErrors.VersionsApart(hello.ProtocolMin, hello.ProtocolMax);
        if (hello.HostId != HostId.ToString() || hello.BootId != BootId || hello.ProcessId != ProcessId)
            throw RpcErrors.Create(StatusCode.FailedPrecondition, ErrorReasons.Unauthenticated, "the agent says another host, boot or process id in its greeting than before");

        _hello = hello;
        Capabilities = hello.Capabilities.ToFrozenSet(StringComparer.Ordinal);
        var proved = hello.Records.Select(record => record.Ticket).Append(hello.Ticket).OfType<V1.Ticket>()
            .Select(ticket => (Ticket: TicketOf(ticket), IsOurs: isOurs(TicketOf(ticket), ticket.Mac.Span))).ToList();
        Obeyed = [.. proved.Where(pair => pair.IsOurs).Select(pair => pair.Ticket)];
        UnprovedCount = proved.Count - Obeyed.Count;
        OpenedAt = now;
    }

    private static Ticket TicketOf(V1.Ticket ticket) => new(ticket.Epoch, ticket.EpochId, ticket.StoreRevision, ticket.InstanceId, ticket.Generation);

    /// <summary>Ends the session; twice is once.</summary>
    public void Close()
    {
        try
        {
            _closed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The session was disposed of before the HTTP client let its stream go.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _channel.Dispose();
        _closed.Dispose();
    }
}
