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
/// One link from its greeting to its end: one handler and one channel over one connection. What was learned over a session is good for that session alone: after a new one
/// everything is looked at again. Ends with the connection, or when it is closed here; both cancel <see cref="Closed"/> once and free everything.
/// </summary>
internal sealed class LinkSession : IDisposable
{
    // What is kept of a greeting for as long as the link lives.
    private const int TextMax = 128;
    private const int CapabilitiesMax = 100;
    private const int RecordsMax = 10_000;

    private readonly CancellationTokenSource _closed = new();
    private readonly GrpcChannel _channel;
    private readonly LinkStream _stream;

    /// <summary>A session over the transport of a connection whose nonce was read.</summary>
    public LinkSession(ConnectionContext connection, LinkTicket ticket, TimeProvider timeProvider)
    {
        HostId = ticket.HostId;
        BootId = ticket.BootId;
        ProcessId = ticket.ProcessId;
        Closed = _closed.Token;
        _stream = new LinkStream(connection.Transport, Close);
        _channel = LinkChannel.Create(_stream, $"host-{ticket.HostId}");
        Invoker = _channel.CreateCallInvoker()
            .Intercept(new SessionInterceptor(HostId, RequireCapability, Closed), new DefaultDeadlineInterceptor(LinkProtocol.DefaultDeadline, timeProvider), new RequestIdInterceptor());
    }

    /// <summary>The host.</summary>
    public HostId HostId { get; }

    /// <summary>New for every link.</summary>
    public Guid SessionId { get; } = Guid.NewGuid();

    /// <summary>The boot id of the host's kernel.</summary>
    public string BootId { get; }

    /// <summary>The random id of the agent's process.</summary>
    public string ProcessId { get; }

    /// <summary>The agent's version.</summary>
    public string AgentVersion { get; private set; } = "";

    /// <summary>What the agent can do.</summary>
    public IReadOnlySet<string> Capabilities { get; private set; } = FrozenSet<string>.Empty;

    /// <summary>What the agent has obeyed of this controller, the last of all and the last of each record, as far as it bears our mark.</summary>
    public IReadOnlyList<Ticket> Obeyed { get; private set; } = [];

    /// <summary>How many tickets the agent gave back that this controller never gave out.</summary>
    public int UnprovedCount { get; private set; }

    /// <summary>
    /// Calls the agent; for generated clients. Unary calls without a deadline get the default one. After the session's end every call fails at once with UNAVAILABLE and
    /// HOST_DISCONNECTED.
    /// </summary>
    public CallInvoker Invoker { get; }

    /// <summary>When the greeting was done.</summary>
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>How often something has come from the agent, pings and answers to them as well.</summary>
    public long ReadCount => _stream.ReadCount;

    /// <summary>Cancelled when the session has ended.</summary>
    public CancellationToken Closed { get; }

    /// <summary>Takes what the agent said in its greeting. Throws when it does not belong to the permission to link, or speaks no version that we do.</summary>
    public void Accept(HelloResponse hello, Func<Ticket, ReadOnlySpan<byte>, bool> isOurs, DateTimeOffset now)
    {
        if (!ProtocolVersion.Meets(hello.ProtocolMin, hello.ProtocolMax))
            throw LinkErrors.VersionsApart(hello.ProtocolMin, hello.ProtocolMax);
        if (hello.HostId != HostId.ToString() || hello.BootId != BootId || hello.ProcessId != ProcessId)
            throw RpcErrors.Create(StatusCode.FailedPrecondition, ErrorReasons.Unauthenticated, "the agent says another host, boot or process id in its greeting than before");

        AgentVersion = hello.AgentVersion.Length <= TextMax ? hello.AgentVersion : hello.AgentVersion[..TextMax];
        Capabilities = hello.Capabilities.Take(CapabilitiesMax).Where(capability => capability.Length <= TextMax).ToFrozenSet(StringComparer.Ordinal);
        var proved = hello.Records.Take(RecordsMax).Select(record => record.Ticket).Append(hello.Ticket).OfType<V1.Ticket>()
            .Select(ticket => (Ticket: TicketOf(ticket), IsOurs: isOurs(TicketOf(ticket), ticket.Mac.Span))).ToList();
        Obeyed = [.. proved.Where(pair => pair.IsOurs).Select(pair => pair.Ticket)];
        UnprovedCount = proved.Count - Obeyed.Count;
        OpenedAt = now;
    }

    /// <summary>Throws UNIMPLEMENTED with CAPABILITY_MISSING, naming it, unless the agent has what calls of the service need.</summary>
    private void RequireCapability(string service)
    {
        if (Protocol.Capabilities.Of(service) is { } capability && !Capabilities.Contains(capability))
            throw LinkErrors.CapabilityMissing(HostId, capability);
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
