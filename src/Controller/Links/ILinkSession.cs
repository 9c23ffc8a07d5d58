using Agents.Domain.Model;
using Grpc.Core;

namespace Agents.Controller.Links;

/// <summary>
/// One link from its greeting to its end. What was learned over a session is good for that session alone: after a new one everything is looked at again.
/// </summary>
internal interface ILinkSession
{
    /// <summary>The host.</summary>
    HostId HostId { get; }

    /// <summary>New for every link.</summary>
    Guid SessionId { get; }

    /// <summary>The boot id of the host's kernel.</summary>
    string BootId { get; }

    /// <summary>The random id of the agent's process.</summary>
    string ProcessId { get; }

    /// <summary>The agent's version.</summary>
    string AgentVersion { get; }

    /// <summary>What the agent can do.</summary>
    IReadOnlySet<string> Capabilities { get; }

    /// <summary>What the agent has obeyed of this controller, the last of all and the last of each record, as far as it bears our mark.</summary>
    IReadOnlyList<Ticket> Obeyed { get; }

    /// <summary>How many tickets the agent gave back that this controller never gave out.</summary>
    int UnprovedCount { get; }

    /// <summary>
    /// Calls the agent; for generated clients. Unary calls without a deadline get the default one. After the session's end every call fails at once with UNAVAILABLE and
    /// HOST_DISCONNECTED.
    /// </summary>
    CallInvoker Invoker { get; }

    /// <summary>When the greeting was done.</summary>
    DateTimeOffset OpenedAt { get; }

    /// <summary>Cancelled when the session has ended.</summary>
    CancellationToken Closed { get; }

    /// <summary>Throws UNIMPLEMENTED with CAPABILITY_MISSING, naming it, unless the agent has the capability.</summary>
    void RequireCapability(string capability);
}
