namespace Agents.Domain.Model;

/// <summary>The state of an operation or of one of its steps.</summary>
public enum OperationState
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Given up; what it made is undone.</summary>
    Failed,

    /// <summary>Ended as asked; what it made is undone.</summary>
    Cancelled,

    /// <summary>What it made is being undone.</summary>
    Undoing,

    /// <summary>Done but for hosts that are away; the rest is carried out when they return, and then it is <see cref="Succeeded"/>.</summary>
    SucceededPendingHosts,
}
