using System.Text.Json;
using Agents.Agent.Docker.Wire;

namespace Agents.Agent.Docker;

/// <summary>The engine's filter parameter: JSON within the query.</summary>
internal static class DockerFilters
{
    /// <summary>Objects that carry a label.</summary>
    public static string Label(string label) => Of(("label", label));

    /// <summary>All of several conditions.</summary>
    public static string Of(params (string Key, string Value)[] conditions) => JsonSerializer.Serialize(
        conditions.ToDictionary(condition => condition.Key, condition => (IReadOnlyList<string>)[condition.Value]),
        DockerJson.Default.IReadOnlyDictionaryStringIReadOnlyListString);
}
