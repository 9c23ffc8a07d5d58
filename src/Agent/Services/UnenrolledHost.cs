namespace Agents.Agent.Services;

/// <summary>A host that no controller knows: it is served over the local socket alone.</summary>
internal sealed class UnenrolledHost : IHostIdentity
{
    /// <inheritdoc/>
    public string HostId => "";
}
