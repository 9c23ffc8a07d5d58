using Agents.Agent.Identity;

namespace Agents.Agent.Link;

/// <inheritdoc cref="ILinkFeature"/>
internal sealed record LinkFeatureValue(string ControllerId, ControllerAddress Controller) : ILinkFeature;
