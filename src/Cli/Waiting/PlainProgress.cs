using Agents.Cli.Model;
using Agents.Cli.Output;
using Agents.Cli.Values;

namespace Agents.Cli.Waiting;

/// <summary>Progress as lines, for logs: one for each change of a step.</summary>
internal sealed class PlainProgress(TextWriter writer, TimeProvider timeProvider) : IWatchView
{
    private readonly Dictionary<string, (string State, string Message)> _shown = [];
    private readonly HashSet<string> _warnings = [];
    private bool _isAway;

    /// <inheritdoc/>
    public void Show(Operation operation)
    {
        if (_isAway)
            writer.WriteLine("the server is back");
        _isAway = false;
        var width = operation.Steps.Select(step => Text.Plain(step.Name).Length).DefaultIfEmpty().Max();
        foreach (var step in operation.Steps)
        {
            var now = (step.State, step.Message);
            if (step.State != OperationStates.Pending && (!_shown.TryGetValue(step.Name, out var last) || last != now))
                writer.WriteLine(LineOf(step, width));
            _shown[step.Name] = now;
        }
        foreach (var warning in operation.Warnings.Where(_warnings.Add))
            writer.WriteLine($"warning: {Text.Plain(warning)}");
    }

    /// <inheritdoc/>
    public void ShowAway(string reason)
    {
        if (!_isAway)
            writer.WriteLine($"{reason}: trying again for up to a minute; the operation goes on meanwhile");
        _isAway = true;
    }

    private string LineOf(Operation.OperationStep step, int width)
    {
        var seconds = step.DurationAt(timeProvider.GetUtcNow()) is { } duration ? Span.ShowSeconds(duration.TotalSeconds) : "";
        return $"{seconds,8}  {StepWords.Of(step.State),-9}  {Text.Plain(step.Name).PadRight(width)}  {Text.Plain(step.Message)}".TrimEnd();
    }
}
