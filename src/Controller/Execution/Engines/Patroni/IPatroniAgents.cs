using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>The agents that can be reached now, for Patroni clusters.</summary>
internal interface IPatroniAgents
{
    /// <summary>The agent of a host; null when it has no link.</summary>
    IPatroniAgent? FindPatroni(HostId host);
}
