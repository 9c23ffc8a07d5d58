using System.Text.RegularExpressions;
using Agents.Agent.Docker;
using Agents.Protocol;

namespace Agents.Agent.Instances;

/// <summary>Knows a port that is taken by the engine's words for it, which differ with its version and its way to publish ports.</summary>
internal static partial class PortConflict
{
    /// <summary>The failure in our words when it is a taken port; null otherwise.</summary>
    public static CommandException? Of(DockerException exception)
    {
        var match = Conflict().Match(exception.Message);
        if (!match.Success)
            return null;
        var (address, port) = (match.Groups["address"].Value.Trim('[', ']'), match.Groups["port"].Value);
        return new CommandException(ErrorReasons.PortTaken, $"The port {address}:{port} is taken on this host.", ("address", address), ("port", port));
    }

    [GeneratedRegex(@"(?<address>\[?[0-9a-fA-F.:]+\]?):(?<port>\d+)(/tcp)?\b[^\n]*?(already allocated|already in use)")]
    private static partial Regex Conflict();
}
