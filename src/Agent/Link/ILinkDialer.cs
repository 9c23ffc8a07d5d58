using Agents.Agent.Identity;

namespace Agents.Agent.Link;

/// <summary>Dials a controller once.</summary>
internal interface ILinkDialer
{
    /// <summary>A link that is ready to be served. Throws <see cref="LinkDialException"/> when there is none to be had now.</summary>
    Task<LinkConnection> DialAsync(ControllerAddress controller, CancellationToken cancellationToken);
}
