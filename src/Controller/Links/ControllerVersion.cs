namespace Agents.Controller.Links;

/// <summary>The version of this controller, as shown to agents and people.</summary>
internal static class ControllerVersion
{
    /// <summary>The text.</summary>
    public static string Text { get; } = typeof(ControllerVersion).Assembly.GetName().Version?.ToString(3) ?? "";
}
