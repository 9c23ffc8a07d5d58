using System.Collections.Frozen;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>Makes the cells of tables from text of others.</summary>
internal static class Cell
{
    private static readonly FrozenDictionary<string, string> _colours = new Dictionary<string, string[]>
    {
        ["green"] = ["ready", "running", "streaming", "succeeded", "primary", "True"],
        ["yellow"] = ["suspect", "creating", "deleting", "degraded", "starting", "undoing", "pending", "created", "restarting", "succeeded_pending_hosts"],
        ["red"] = ["disconnected", "unavailable", "failed", "missing", "exited", "dead", "stopped", "False"],
        ["dim"] = ["unknown", "Unknown", "cancelled"],
    }.SelectMany(pair => pair.Value, (pair, word) => (word, pair.Key)).ToFrozenDictionary(pair => pair.word, pair => pair.Key);

    /// <summary>Text as it is; "-" where there is none.</summary>
    public static Markup Of(string? text) => new(string.IsNullOrEmpty(text) ? "-" : Escape(text));

    /// <summary>A state in its colour. What follows it is plain.</summary>
    public static Markup State(string state, string rest = "") =>
        new(_colours.TryGetValue(state, out var colour) ? $"[{colour}]{Escape(state)}[/]{Escape(rest)}" : Escape(state + rest));

    /// <summary>Text that nobody should overlook.</summary>
    public static Markup Fault(string text) => new($"[red]{Escape(text)}[/]");

    /// <summary>Text for use in markup.</summary>
    public static string Escape(string text) => Markup.Escape(Text.Plain(text));
}
