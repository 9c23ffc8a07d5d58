using Agents.Agent.Identity;

namespace Agents.Agent.Link;

/// <summary>Marks calls that came over a link, and says whose it is.</summary>
/// <param name="ControllerId">The store id of the controller, as its certificate says.</param>
/// <param name="Controller">Where it was dialled.</param>
internal sealed record LinkPeer(string ControllerId, ControllerAddress Controller);
