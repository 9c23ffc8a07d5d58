using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;
using Agents.Cli.Values;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Agents.Cli.Waiting;

/// <summary>Progress that is drawn in place, for people: every step with its state, its time and what it does.</summary>
internal sealed class LiveProgress(IAnsiConsole console, TimeProvider timeProvider) : IWatchView
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(200);
    private volatile Operation? _operation;
    private volatile string _away = "";

    /// <inheritdoc/>
    public void Show(Operation operation)
    {
        _operation = operation;
        _away = "";
    }

    /// <inheritdoc/>
    public void ShowAway(string reason) => _away = reason;

    /// <summary>Draws until the watch has ended.</summary>
    public async Task<ApiReply<Operation>> DrawAsync(Func<IWatchView, Task<ApiReply<Operation>>> watch)
    {
        var watching = watch(this);
        await console.Live(Picture()).AutoClear(false).StartAsync(async context =>
        {
            while (!watching.IsCompleted)
            {
                await Task.WhenAny(watching, Task.Delay(_tick, timeProvider));
                context.UpdateTarget(Picture());
            }

            context.UpdateTarget(Picture()); // How it ended, also when that came before the first picture or right after the last one.
        });
        return await watching;
    }

    private Rows Picture()
    {
        // Spectre cannot measure rows of nothing, so there is always one.
        var operation = _operation;
        var rows = new List<IRenderable> { operation is null ? new Markup("[dim]…[/]") : StepsOf(operation) };
        if (operation is not null)
            rows.AddRange(operation.Warnings.Select(warning => new Markup($"[yellow]warning:[/] {Cell.Escape(warning)}")));
        if (_away.Length > 0)
            rows.Add(new Markup($"[yellow]{Cell.Escape(_away)}: trying again for up to a minute; the operation goes on meanwhile[/]"));
        return new Rows(rows);
    }

    private Grid StepsOf(Operation operation)
    {
        var now = timeProvider.GetUtcNow();
        var grid = new Grid().AddColumn(Column()).AddColumn(Column()).AddColumn(Column().RightAligned()).AddColumn(new GridColumn().PadRight(0));
        foreach (var step in operation.Steps)
        {
            var seconds = step.DurationAt(now) is { } duration ? Span.ShowSeconds(duration.TotalSeconds) : "";
            grid.AddRow(new Markup(MarkOf(step.State)), new Markup(Cell.Escape(step.Name)), new Markup(seconds), new Markup($"[dim]{Cell.Escape(step.Message)}[/]"));
        }
        return grid;
    }

    private static GridColumn Column() => new GridColumn().NoWrap().PadRight(2);

    private static string MarkOf(string state) => state switch
    {
        OperationStates.Succeeded or OperationStates.SucceededPendingHosts => "[green]✓[/]",
        OperationStates.Running => "[yellow]▸[/]",
        OperationStates.Failed => "[red]✗[/]",
        OperationStates.Undoing => "[yellow]↩[/]",
        OperationStates.Cancelled => "[dim]–[/]",
        _ => "[dim]·[/]",
    };
}
