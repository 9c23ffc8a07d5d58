using Agents.Agent.Hosts;
using Agents.Agent.Instances;
using Agents.Agent.Kernel;
using Agents.Agent.Policy;
using Agents.Protocol;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>HostService of the contract.</summary>
internal sealed class HostServiceEndpoint(
    ControllerTickets tickets, InstanceTable table, NetworkTable networks, IBootClock clock, AgentProcess process, PortHolds ports, HostIdentity identity,
    HostFactsReader facts, EventStreamer events, PolicyGate policy, TimeProvider timeProvider) : HostService.HostServiceBase
{
    private const int TokenBytesMax = 64;
    private const int TargetsMax = 1000;
    private static readonly TimeSpan s_holdMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_dialTimeoutDefault = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_dialTimeoutMax = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override Task<HelloResponse> Hello(HelloRequest request, ServerCallContext context)
    {
        Requests.Require(request.ControllerId.Length > 0, "controller_id", "must be given");
        if (!ProtocolVersion.Meets(request.ProtocolMin, request.ProtocolMax))
            throw RpcErrors.Create(
                StatusCode.FailedPrecondition, ErrorReasons.ProtocolVersion,
                $"This agent speaks protocol {ProtocolVersion.Minimum} to {ProtocolVersion.Maximum}, the controller {request.ProtocolMin} to {request.ProtocolMax}.");
        var response = new HelloResponse
        {
            ProtocolMin = ProtocolVersion.Minimum,
            ProtocolMax = ProtocolVersion.Maximum,
            AgentVersion = AgentProcess.Version,
            Capabilities = { Capabilities.All },
            BootId = clock.BootId,
            ProcessId = process.Id,
            Ticket = tickets.Find(request.ControllerId)?.ToContract(),
            HostId = identity.HostId,
        };
        response.Records.Add(table.Generations.Where(record => record.ControllerId == request.ControllerId).Select(record =>
            new RecordTicket { InstanceId = record.InstanceId, Ticket = record.Ticket.ToContract(), Removed = record.ForgottenAt is not null }));
        response.Records.Add(networks.Records.Where(record => record.ControllerId == request.ControllerId).Select(record =>
            new RecordTicket { Network = record.Name, Ticket = record.Ticket.ToContract(), Removed = record.RemovedAt is not null }));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<GetFactsResponse> GetFacts(GetFactsRequest request, ServerCallContext context) =>
        new() { Facts = await facts.ReadAsync(context.CancellationToken) };

    /// <inheritdoc/>
    public override Task WatchEvents(WatchEventsRequest request, IServerStreamWriter<WatchEventsResponse> responseStream, ServerCallContext context) =>
        events.StreamAsync(response => responseStream.WriteAsync(response, context.CancellationToken), context.CancellationToken);

    /// <inheritdoc/>
    public override async Task HoldPorts(HoldPortsRequest request, IServerStreamWriter<HoldPortsResponse> responseStream, ServerCallContext context)
    {
        Requests.Require(System.Text.Encoding.UTF8.GetByteCount(request.Token) <= TokenBytesMax, "token", $"must be {TokenBytesMax} bytes at the most");
        Requests.Require(request.Ports.Count <= TargetsMax, "ports", $"must be {TargetsMax} at the most");
        var hold = Requests.Limit("hold", request.Hold, s_holdMax, s_holdMax);
        var holder = ports.Hold([.. request.Ports.Select(port => (port.Address, port.Port))], request.Token);
        try
        {
            await responseStream.WriteAsync(new HoldPortsResponse { Results = { holder.Results.Select(result => result.ToContract()) } }, context.CancellationToken);
            await Task.Delay(hold, timeProvider, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            await ports.EndAsync(holder);
        }
    }

    /// <inheritdoc/>
    public override async Task<DialTestResponse> DialTest(DialTestRequest request, ServerCallContext context)
    {
        Requests.Require(request.Targets.Count <= TargetsMax, "targets", $"must be {TargetsMax} at the most");
        var timeout = Requests.Limit("timeout", request.Timeout, s_dialTimeoutDefault, s_dialTimeoutMax);
        var results = await PortDialer.DialAsync(
            [.. request.Targets.Select(target => (target.Address, target.Port, target.ExpectedToken))], policy.DialRefusal, timeout, context.CancellationToken);
        return new DialTestResponse { Results = { results.Select(result => result.ToContract()) } };
    }
}
