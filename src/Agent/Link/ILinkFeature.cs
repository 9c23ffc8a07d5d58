using Agents.Agent.Identity;

namespace Agents.Agent.Link;

/// <summary>Marks calls that came over a link, and says whose it is.</summary>
internal interface ILinkFeature
{
    /// <summary>The store id of the controller, as its certificate says.</summary>
    string ControllerId { get; }

    /// <summary>Where it was dialled.</summary>
    ControllerAddress Controller { get; }
}
