namespace Agents.Controller.Links;

/// <inheritdoc cref="IAgentPortFeature"/>
internal sealed class AgentPortFeature : IAgentPortFeature
{
    /// <summary>The one mark.</summary>
    public static AgentPortFeature Instance { get; } = new();
}
