using Agents.Agent.Configuration;
using Agents.Agent.Identity;
using Agents.Protocol.Configuration;
using JoinToken = Agents.Protocol.Identity.JoinToken;

namespace Agents.Agent;

/// <summary>An agent that can never enrol says so when it starts, instead of trying for ever.</summary>
internal static class EnrollmentCheck
{
    /// <summary>Throws <see cref="ConfigurationException"/> for a host that is to have a link and has neither an identity nor a join token that could give it one.</summary>
    public static void Require(AgentSettings settings)
    {
        if (settings.Controller is null || new IdentityDirectory(settings.IdentityDirectory).Exists)
            return;
        const string remedy = "make one with \"agentctl token create\" and give it to the agent as 'join_token_file'";
        if (settings.JoinToken.Length == 0)
            throw new ConfigurationException($"This host has not joined a controller yet and has no join token: {remedy}.");
        if (!JoinToken.TryParse(settings.JoinToken, out _))
            throw new ConfigurationException($"This host has not joined a controller yet, and what it was given is no join token: {remedy}.");
    }
}
