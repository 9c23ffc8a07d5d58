namespace Agents.Domain.Model;

/// <summary>The state of a host as the controller sees it.</summary>
public enum HostState
{
    /// <summary>Linked, and Docker answers.</summary>
    Ready,

    /// <summary>Linked with something amiss, or the link was just lost: nothing new is placed there.</summary>
    Suspect,

    /// <summary>No link for a while. Silence is not death: what runs there is taken to run.</summary>
    Disconnected,
}
