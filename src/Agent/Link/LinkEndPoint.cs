using System.Net;
using Agents.Agent.Identity;

namespace Agents.Agent.Link;

/// <summary>The end point that is bound without listening: each accepted connection is one that we dialled to this controller.</summary>
internal sealed class LinkEndPoint(ControllerAddress controller) : EndPoint
{
    /// <summary>The controller.</summary>
    public ControllerAddress Controller { get; } = controller;

    /// <inheritdoc/>
    public override string ToString() => $"link to {Controller}";
}
