using System.Text.Json;

namespace Agents.Controller.Execution.Steps;

/// <summary>What a delete needs to know: stored with its operation.</summary>
/// <param name="Purge">Whether data goes at once.</param>
internal sealed record DeleteArguments(bool Purge)
{
    /// <summary>Reads the stored form; an empty text asks for no purge.</summary>
    public static DeleteArguments Parse(string json)
    {
        if (json.Length == 0)
            return new DeleteArguments(false);
        using var document = JsonDocument.Parse(json);
        return new DeleteArguments(document.RootElement.TryGetProperty("purge", out var purge) && purge.GetBoolean());
    }
}
