using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Protocol;
using Agents.Testing;
using Agents.V1;
using Agents.Words;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Agents.Perf.Scale;

/// <summary>HostService of any host of a <see cref="World"/>: all that is to run runs.</summary>
internal sealed class HostAgent(World world, FleetState fleet) : HostService.HostServiceBase
{
    private static readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>The host whose link a call came over.</summary>
    public static HostId HostOf(ServerCallContext context) => HostId.Parse(context.Host.Split(':')[0]["host-".Length..]);

    /// <inheritdoc/>
    public override Task<HelloResponse> Hello(HelloRequest request, ServerCallContext context)
    {
        fleet.ControllerId = request.ControllerId;
        return Task.FromResult(new HelloResponse
        {
            ProtocolMin = ProtocolVersion.Minimum,
            ProtocolMax = ProtocolVersion.Maximum,
            AgentVersion = "0.1.0",
            Capabilities = { Capabilities.All },
            BootId = AgentLinks.BootId,
            ProcessId = AgentLinks.ProcessId,
            HostId = HostOf(context).ToString(),
        });
    }

    /// <inheritdoc/>
    public override Task<GetFactsResponse> GetFacts(GetFactsRequest request, ServerCallContext context)
    {
        var facts = A.Facts();
        return Task.FromResult(new GetFactsResponse
        {
            Facts = new V1.HostFacts
            {
                Hostname = facts.Hostname,
                OperatingSystem = facts.OperatingSystem,
                KernelVersion = facts.KernelVersion,
                Architecture = facts.Architecture,
                Cpus = facts.Cpus,
                MemoryBytes = facts.MemoryBytes,
                MemoryAvailableBytes = facts.MemoryAvailableBytes - Random.Shared.Next(1 << 20),
                DiskBytes = facts.DiskBytes,
                DiskFreeBytes = facts.DiskFreeBytes,
                Docker = new DockerFacts { Reachable = true, Version = facts.DockerVersion, ApiVersion = facts.DockerApiVersion, StorageDriver = facts.StorageDriver, CgroupVersion = facts.CgroupVersion, LiveRestore = true },
                Clock = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow),
            },
        });
    }

    /// <inheritdoc/>
    public override async Task WatchEvents(WatchEventsRequest request, IServerStreamWriter<WatchEventsResponse> responseStream, ServerCallContext context)
    {
        var host = HostOf(context);
        var events = fleet.Events(host);
        await responseStream.WriteAsync(new WatchEventsResponse { Snapshot = Snapshot(host) });
        while (true)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            quiet.CancelAfter(_heartbeat);
            try
            {
                await responseStream.WriteAsync(await events.ReadAsync(quiet.Token));
            }
            catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
            {
                await responseStream.WriteAsync(new WatchEventsResponse { Heartbeat = new Heartbeat { Clock = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow) } });
            }
        }
    }

    private HostSnapshot Snapshot(HostId host) => new()
    {
        DockerReachable = true,
        Containers = { world.ByHost[host].Select(fleet.Show) },
        Instances =
        {
            world.ByHost[host].Select(instance => new V1.Instance
            {
                InstanceId = instance.Id.ToString(), Generation = instance.Generation, Want = InstanceWant.Running, ConfigHash = instance.ConfigHash, ConfigComplete = true,
                HangTimeout = instance.Profile.IsNode ? Duration.FromTimeSpan(HangRules.TimeoutOf(world.Clusters[world.NumberOf(instance.Owner)])) : null,
            }),
        },
        Volumes =
        {
            world.ByHost[host].SelectMany(instance => new[] { Volume(instance, instance.DataVolume, ObjectLabels.DataPurpose), Volume(instance, instance.ConfigVolume, ObjectLabels.ConfigurationPurpose) }),
        },
    };

    private Volume Volume(Domain.Model.Instance instance, string name, string purpose) => new()
    {
        Name = name,
        Labels =
        {
            [ObjectLabels.Controller] = fleet.ControllerId, [ObjectLabels.Owner] = instance.Owner.ToString(), [ObjectLabels.Instance] = instance.Id.ToString(), [ObjectLabels.Purpose] = purpose,
        },
    };
}
