using Agents.Controller.Links;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.V1;
using Grpc.Core;
using HostFacts = Agents.Domain.Model.HostFacts;
using HostState = Agents.Domain.Model.HostState;

namespace Agents.Controller.Observation;

/// <summary>Looks at one host over one link session: its facts twice a minute, and its containers, records and nodes as streams that begin with everything.</summary>
internal sealed class HostSessionObserver(
    ObeyedCheck check, FleetView fleet, IEnumerable<ISessionWatch> watches, LocalNudge nudge, TimeProvider timeProvider, ILogger<HostSessionObserver> logger)
{
    private static readonly TimeSpan _factsPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _factsPeriodInTrouble = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _retryPause = TimeSpan.FromSeconds(1);

    /// <summary>How long after one call for a host's facts the next is made; null when it failed. What is placed by them is tried on the host itself, so they may be old.</summary>
    public static TimeSpan PauseAfter(HostFacts? facts) => facts is { DockerReachable: true } ? _factsPeriod : _factsPeriodInTrouble;

    /// <summary>How much of the first pause a link waits, which is different for each: all links begin together after a start, and are not to be asked together for ever.</summary>
    public static double ShareOf(Guid sessionId) => BitConverter.ToUInt32(sessionId.ToByteArray()) / (double)uint.MaxValue;

    /// <summary>Looks until the token is cancelled, which the session's end does.</summary>
    public async Task RunAsync(LinkSession session, CancellationToken cancellationToken)
    {
        fleet.Update(session.HostId, _ => HostObservation.NeverHeard(session.HostId) with
        {
            State = HostState.Suspect,
            StateReason = "it has linked and has not reported yet",
            AgentVersion = session.AgentVersion,
            UnprovedCount = session.UnprovedCount,
            LastSeenAt = timeProvider.GetUtcNow(),
        });
        if (session.UnprovedCount > 0)
            Log.TicketsUnproved(logger, session.HostId, session.UnprovedCount);
        await check.JudgeAsync(session.HostId, session.Obeyed, cancellationToken);
        fleet.Update(session.HostId, seen => seen with { SessionId = session.SessionId });
        var client = new HostService.HostServiceClient(session.Invoker);
        var watching = watches.Where(watch => session.Capabilities.Contains(watch.Capability)).Select(watch => WatchAsync(session, watch, cancellationToken));
        await Task.WhenAll([FactsAsync(session, client, cancellationToken), EventsAsync(session.HostId, client, cancellationToken), .. watching]);
    }

    private async Task FactsAsync(LinkSession session, HostService.HostServiceClient client, CancellationToken cancellationToken)
    {
        var (host, share) = (session.HostId, ShareOf(session.SessionId));
        while (true)
        {
            HostFacts? facts = null;
            try
            {
                var before = timeProvider.GetUtcNow();
                var response = await client.GetFactsAsync(new GetFactsRequest(), cancellationToken: cancellationToken);
                facts = ObservationMapper.Map(response.Facts, before, timeProvider.GetUtcNow());
                Update(host, seen => HostStates.Judge(seen with { Facts = facts, LastSeenAt = timeProvider.GetUtcNow() }));
            }
            catch (RpcException exception)
            {
                cancellationToken.ThrowIfCancellationRequested(); // The session's end is no failure of the call.
                Log.CallFailed(logger, host, "GetFacts", exception.Status.Detail);
            }

            await Task.Delay(PauseAfter(facts) * share, timeProvider, cancellationToken);
            share = 1;
        }
    }

    private async Task EventsAsync(HostId host, HostService.HostServiceClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var call = client.WatchEvents(new WatchEventsRequest(), cancellationToken: cancellationToken);
                await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
                    Apply(host, response);
            }
            catch (RpcException exception)
            {
                cancellationToken.ThrowIfCancellationRequested(); // The session's end is no failure of the call.
                Log.CallFailed(logger, host, "WatchEvents", exception.Status.Detail);
            }

            Update(host, seen => HostStates.Judge(seen with { IsCurrent = false }));
            await Task.Delay(_retryPause, timeProvider, cancellationToken);
        }
    }

    private async Task WatchAsync(LinkSession session, ISessionWatch watch, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await watch.FollowAsync(session.Invoker, change => Update(session.HostId, seen => seen.SessionId == session.SessionId ? change(seen) : seen), cancellationToken);
            }
            catch (RpcException exception)
            {
                cancellationToken.ThrowIfCancellationRequested(); // As above.
                Log.CallFailed(logger, session.HostId, watch.Capability, exception.Status.Detail);
            }

            await Task.Delay(_retryPause, timeProvider, cancellationToken);
        }
    }

    private void Apply(HostId host, WatchEventsResponse response) =>
        Update(host, seen => HostStates.Judge(ObservationMapper.Apply(seen, response) with { LastSeenAt = timeProvider.GetUtcNow() }));

    private void Update(HostId host, Func<HostObservation, HostObservation> change)
    {
        if (fleet.Update(host, change))
            nudge.Nudge();
    }
}
