using System.CommandLine;
using Agents.Cli.Model;
using Agents.Cli.Values;

namespace Agents.Cli.Commands.Hosts;

/// <summary><c>agentctl host label NAME key=value key-</c>.</summary>
internal static class HostLabelCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = HostArgument.Create();
        var labels = new Argument<string[]>("LABEL") { Description = "key=value to set a label, key- to remove it", Arity = ArgumentArity.OneOrMore };
        return runner.Bind(new Command("label", "Set and remove labels of a host") { name, labels }, (session, parse, cancellationToken) =>
            HostChanges.SendAsync(
                session, parse.GetRequiredValue(name), new HostChange { Labels = LabelText.ParseChanges(parse.GetRequiredValue(labels), "LABEL") }, cancellationToken));
    }
}
