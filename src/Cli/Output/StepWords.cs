using Agents.Cli.Model;

namespace Agents.Cli.Output;

/// <summary>The words for the states of steps that people see.</summary>
internal static class StepWords
{
    /// <summary>The word.</summary>
    public static string Of(string state) => state switch
    {
        OperationStates.Pending => "waiting",
        OperationStates.Succeeded => "done",
        _ => Text.Plain(state),
    };
}
