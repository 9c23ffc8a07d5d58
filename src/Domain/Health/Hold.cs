namespace Agents.Domain.Health;

/// <summary>Something that is left as it is though it is not as it should be, and why.</summary>
/// <param name="Member">The instance's name; empty where it is the resource as a whole.</param>
/// <param name="Reason">A constant for programs: one of these, or of those with which agents refuse, as "IMAGE_MISSING".</param>
/// <param name="Message">A sentence for people.</param>
public sealed record Hold(string Member, string Reason, string Message)
{
    /// <summary>The store is older than what agents have obeyed.</summary>
    public const string ObserveOnly = "OBSERVE_ONLY";

    /// <summary>An operation holds the resource.</summary>
    public const string OperationInProgress = "OPERATION_IN_PROGRESS";

    /// <summary>The host has not reported what is on it.</summary>
    public const string HostNotSeen = "HOST_NOT_SEEN";

    /// <summary>Too many hosts are silent.</summary>
    public const string FleetSilent = "FLEET_SILENT";

    /// <summary>A person has put the container into a state that nothing here leads to.</summary>
    public const string ContainerPutAside = "CONTAINER_PUT_ASIDE";

    /// <summary>The state of the container is not known.</summary>
    public const string ContainerUnknown = "CONTAINER_UNKNOWN";

    /// <summary>The volume that held its data is gone, or was emptied.</summary>
    public const string DataGone = "DATA_GONE";

    /// <summary>The volume holds other data than it had.</summary>
    public const string DataForeign = "DATA_FOREIGN";

    /// <summary>What takes its place has not been made completely.</summary>
    public const string ReplacementUnfinished = "REPLACEMENT_UNFINISHED";

    /// <summary>Its configuration is not as it should be, and is put into force when its turn has come.</summary>
    public const string ConfigurationWaits = "CONFIGURATION_WAITS";

    /// <summary>It is to be stopped, after others that depend on it.</summary>
    public const string StopWaits = "STOP_WAITS";

    /// <summary>It is to be started, after another that may have what it has not.</summary>
    public const string StartWaits = "START_WAITS";

    /// <summary>It is fenced.</summary>
    public const string Fenced = "FENCED";

    /// <summary>Its PostgreSQL leads and gives no answer, and could not be ended.</summary>
    public const string Hung = "HUNG";

    /// <summary>The agent could not be reached when something was to be done.</summary>
    public const string AgentUnavailable = "AGENT_UNAVAILABLE";

    /// <inheritdoc/>
    public override string ToString() => Member.Length == 0 ? Message : $"{Member}: {Message}";
}
