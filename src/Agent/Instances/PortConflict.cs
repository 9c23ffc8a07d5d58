using System.Text.RegularExpressions;
using Agents.Agent.Docker;
using Agents.Protocol;

namespace Agents.Agent.Instances;

/// <summary>A port that is taken, known by the engine's words for it, which differ with its version and its way to publish ports.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port.</param>
internal sealed partial record PortConflict(string Address, string Port)
{
    /// <summary>What a failure says of a taken port; null when it is another one.</summary>
    public static PortConflict? Of(DockerException exception)
    {
        var match = Conflict().Match(exception.Message);
        return match.Success ? new PortConflict(match.Groups["address"].Value.Trim('[', ']'), match.Groups["port"].Value) : null;
    }

    /// <summary>The failure in our words, with who holds the port where the engine knows it.</summary>
    public async Task<CommandException> ExplainAsync(IDockerContainers containers, CancellationToken cancellationToken) =>
        new(ErrorReasons.PortTaken, $"The port {Address}:{Port} is taken on this host{await HolderAsync(containers, cancellationToken)}.", ("address", Address), ("port", Port));

    private async Task<string> HolderAsync(IDockerContainers containers, CancellationToken cancellationToken)
    {
        try
        {
            var holders = (await containers.ListPublishersAsync(Port, cancellationToken)).Select(holder => $"'{holder.PlainName}'").Order(StringComparer.Ordinal).ToList();
            return holders.Count > 0 ? $" by {string.Join(", ", holders)}" : " by something that is no container's published port";
        }
        catch (DockerException)
        {
            return ""; // The port is taken all the same.
        }
    }

    [GeneratedRegex(@"(?<address>\[?[0-9a-fA-F.:]+\]?):(?<port>\d+)(/tcp)?\b[^\n]*?(already allocated|already in use)")]
    private static partial Regex Conflict();
}
