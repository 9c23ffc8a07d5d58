namespace Agents.Cli.Model;

/// <summary>The states of operations and steps.</summary>
internal static class OperationStates
{
    /// <summary>Not begun.</summary>
    public const string Pending = "pending";

    /// <summary>Under way.</summary>
    public const string Running = "running";

    /// <summary>Done.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>Given up and undone.</summary>
    public const string Failed = "failed";

    /// <summary>Ended as asked and undone.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Being undone.</summary>
    public const string Undoing = "undoing";

    /// <summary>Done but for hosts that are away.</summary>
    public const string SucceededPendingHosts = "succeeded_pending_hosts";
}
