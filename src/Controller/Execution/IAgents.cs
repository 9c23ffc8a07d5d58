using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>The agents that can be reached now.</summary>
internal interface IAgents
{
    /// <summary>The agent of a host; null when it has no link.</summary>
    IAgent? Find(HostId host);
}
