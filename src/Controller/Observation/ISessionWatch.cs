using Agents.Domain.Health;
using Grpc.Core;

namespace Agents.Controller.Observation;

/// <summary>What else is followed on a link for as long as its session lives: what an engine's nodes say.</summary>
internal interface ISessionWatch
{
    /// <summary>What an agent must be able to do for it.</summary>
    string Capability { get; }

    /// <summary>Follows one stream to its end, with which nothing that it told is held any more. Begun anew when it fails.</summary>
    /// <param name="invoker">Calls the agent.</param>
    /// <param name="update">Changes what is seen of the host.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task FollowAsync(CallInvoker invoker, Action<Func<HostObservation, HostObservation>> update, CancellationToken cancellationToken);
}
