namespace Agents.Agent.Services;

/// <summary>The one list of what an agent serves, over the link and over the local socket alike.</summary>
internal static class AgentServices
{
    /// <summary>Maps every service of the agent.</summary>
    public static IEndpointRouteBuilder MapAgentServices(this IEndpointRouteBuilder endpoints) => endpoints;
}
