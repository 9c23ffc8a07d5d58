using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Says which hosts a step could not reach.</summary>
internal static class AwayMessage
{
    /// <summary>The message of a step, with the hosts that are away named.</summary>
    public static string Of(StepContext context, IReadOnlyCollection<HostId> away, string done) =>
        away.Count == 0 ? done : $"{done}; away, to be done when they return: {string.Join(", ", away.Select(context.NameOf).Order(StringComparer.Ordinal))}";
}
