namespace Agents.Agent.Docker;

/// <summary>The engine's filters, in the library's form.</summary>
internal static class DockerFilters
{
    /// <summary>Objects that carry a label.</summary>
    public static IDictionary<string, IDictionary<string, bool>> Label(string label) => Of(("label", label));

    /// <summary>All of several conditions.</summary>
    public static IDictionary<string, IDictionary<string, bool>> Of(params (string Key, string Value)[] conditions) =>
        conditions.ToDictionary(condition => condition.Key, IDictionary<string, bool> (condition) => new Dictionary<string, bool> { [condition.Value] = true });
}
