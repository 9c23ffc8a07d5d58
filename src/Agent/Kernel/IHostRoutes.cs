namespace Agents.Agent.Kernel;

/// <summary>The host's routes and addresses. An edge: the real one asks the kernel.</summary>
internal interface IHostRoutes
{
    /// <summary>All routes of IPv4 but the default one, then the networks of the addresses.</summary>
    IReadOnlyList<UsedRange> Read();
}
