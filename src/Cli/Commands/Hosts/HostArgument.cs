using System.CommandLine;

namespace Agents.Cli.Commands.Hosts;

/// <summary>The argument that names a host.</summary>
internal static class HostArgument
{
    /// <summary>Makes one.</summary>
    public static Argument<string> Create() => new("NAME") { Description = "The host's name or id" };
}
