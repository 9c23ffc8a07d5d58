using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>The agent said no, for a reason of <see cref="Protocol.ErrorReasons"/>: nothing was done.</summary>
internal sealed class AgentRefusedException(string reason, string message, Exception? inner = null, string sqlState = "") : Exception(message, inner)
{
    /// <summary>The reason.</summary>
    public string Reason { get; } = reason;

    /// <summary>The host, where the caller knew which; null elsewhere.</summary>
    public HostId? HostId { get; init; }

    /// <summary>Whether trying again may help: the one table of that is <see cref="Refusals"/>.</summary>
    public bool IsForNow { get; init; } = Refusals.IsForNow(reason, sqlState);
}
