using Agents.Agent.Identity;
using Agents.Protocol;
using Agents.V1;
using Grpc.Core;

namespace Agents.Functional.Tests.Link;

/// <summary>The host service of an agent without a host: greets as the contract says, answers facts at once and floods its event stream when asked to.</summary>
internal sealed class TestHostService(IIdentitySource identities, ProcessIdentity process, TestAgentBehaviour behaviour) : HostService.HostServiceBase
{
    /// <inheritdoc/>
    public override async Task<HelloResponse> Hello(HelloRequest request, ServerCallContext context)
    {
        await behaviour.BeforeHelloAsync(context.CancellationToken);
        var identity = await identities.GetAsync(context.CancellationToken);
        return new HelloResponse
        {
            ProtocolMin = behaviour.ProtocolMin,
            ProtocolMax = behaviour.ProtocolMin,
            AgentVersion = process.Version,
            BootId = process.BootId,
            ProcessId = process.ProcessId,
            HostId = identity.HostId,
            Ticket = Marked(request.ControllerId, behaviour.HighestEpoch),
            Capabilities = { Capabilities.Containers, Capabilities.Instances },
            Records = { new RecordTicket { InstanceId = "6c1f7a31-0000-4000-8000-000000000001", Ticket = new Ticket { Generation = 7 } } },
        };
    }

    /// <inheritdoc/>
    public override Task<GetFactsResponse> GetFacts(GetFactsRequest request, ServerCallContext context) =>
        Task.FromResult(new GetFactsResponse { Facts = new HostFacts { Hostname = "test", BootId = process.BootId } });

    /// <inheritdoc/>
    public override async Task WatchEvents(WatchEventsRequest request, IServerStreamWriter<WatchEventsResponse> responseStream, ServerCallContext context)
    {
        var response = new WatchEventsResponse { Container = new ContainerEvent { Action = new string('x', 64 * 1024) } };
        while (!context.CancellationToken.IsCancellationRequested)
        {
            await responseStream.WriteAsync(response, context.CancellationToken);
            behaviour.CountWritten(response.CalculateSize());
        }
    }

    /// <inheritdoc/>
    public override async Task<DialTestResponse> DialTest(DialTestRequest request, ServerCallContext context)
    {
        behaviour.SlowCallStarted.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        return new DialTestResponse();
    }

    /// <summary>A ticket with the controller's mark, as an agent gives it back.</summary>
    private static Ticket Marked(string controllerId, long epoch)
    {
        var mark = new TestEpoch(controllerId).MarkOf(new Domain.Model.Ticket(epoch, "term", 12, "", 0));
        return new Ticket { Epoch = epoch, EpochId = "term", StoreRevision = 12, Mac = Google.Protobuf.ByteString.CopyFrom(mark) };
    }
}
