using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Agents.Agent.Link;

/// <summary>Gives Kestrel a listener for every <see cref="LinkEndPoint"/>. Never dials: a controller that is away must not keep the agent from starting.</summary>
internal sealed class LinkConnectionListenerFactory(ILinkDialer dialer, TimeProvider timeProvider, ILogger<LinkConnectionListener> logger)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is LinkEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(
            new LinkConnectionListener((LinkEndPoint)endpoint, dialer, new RedialBackoff(timeProvider, Random.Shared), timeProvider, logger));
}
