namespace Agents.Agent.Services;

/// <summary>Who this host is to the controller.</summary>
internal interface IHostIdentity
{
    /// <summary>The host's id as its certificate says; empty before it is enrolled.</summary>
    string HostId { get; }
}
